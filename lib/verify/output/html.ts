import { type Html, html } from '../../html/element.ts';
import { htmlPage } from '../../html/page.ts';
import { headlineBox, pathPicture, placeText } from '../../html/parts.ts';
import type { CellStatus, HopCheck } from '../check.ts';
import { hopNumber } from '../hop.ts';
import { type Cell, cellCounts, exitStatusOf, type Row, type Verification } from '../verification.ts';
import { cellMarks } from './render-text.ts';

const words = { proven: 'Proven', broken: 'Broken', 'not-proven': 'Not proven' } as const;

const statusWords: Readonly<Record<CellStatus, string>> = {
  proven: 'proven',
  broken: 'broken',
  transition: 'in transition',
  blocked: 'blocked',
  unchecked: 'not checked',
};

const statuses: readonly CellStatus[] = ['proven', 'broken', 'transition', 'blocked', 'unchecked'];

const legend = statuses.map((status) => `${cellMarks[status]} ${statusWords[status]}`).join(', ');

/**
 * The answer as one page that needs no network and runs no script. Its own policy allows nothing but its style, whatever
 * name of an object stands in it.
 */
export function verificationHtml(verification: Verification): string {
  const { headline, sources, time } = verification;
  const asked = sources.map(({ name, description }) => html`<dt>${name}</dt><dd>${description}</dd>\n`);
  return htmlPage({
    title: `podhost verify: ${words[headline.verdict]}`,
    heading: 'podhost verify',
    body: [
      headlinePart(verification),
      pathPart(verification),
      html`<h2>Services</h2>\n${tablePart(verification)}\n`,
      html`<h2>What was asked</h2>
<dl>
${asked}<dt>time</dt><dd><time datetime="${time}">${time}</time></dd>
<dt>exit status</dt><dd>${exitStatusOf(verification)}</dd>
</dl>
<h2>Evidence</h2>
`,
      ...verification.rows.map(rowPart),
    ],
  });
}

function headlinePart({ headline }: Verification): Html {
  const { verdict, message, check, visibleAt } = headline;
  return headlineBox({
    kind: verdict,
    verdict: words[verdict],
    lines: [
      html`<p>${message}</p>\n`,
      ...(check?.place === undefined ? [] : [html`<p>At ${placeText(check.place)}</p>\n`]),
      ...(check?.remedy === undefined ? [] : [html`<p>To mend it: <code>${check.remedy}</code></p>\n`]),
      ...(visibleAt.length === 0 ? [] : [html`<p>It shows also at ${visibleAt.join(', ')}.</p>\n`]),
    ],
  });
}

/** The hops as one line of arrows; the one that the headline names is cut off. */
const pathPart = ({ hops, rows, headline }: Verification): Html =>
  pathPicture(
    'The path of a span',
    hops.map(({ id, sentence }) => ({
      name: id,
      status: worst(rows.flatMap(({ cells }) => cells.filter(({ hop }) => hop.id === id).map(({ status }) => status))),
      description: sentence,
      isCut: headline.verdict === 'broken' && headline.hop === id,
    })),
  );

const order: readonly CellStatus[] = ['broken', 'transition', 'blocked', 'unchecked', 'proven'];

const worst = (statuses: readonly CellStatus[]): CellStatus =>
  order.find((status) => statuses.includes(status)) ?? 'unchecked';

function tablePart(verification: Verification): Html {
  const { hops, rows } = verification;
  const counts = cellCounts(verification);
  const services = rows.filter(({ isSystem }) => !isSystem).length;
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Services and hops">
<table>
<caption>${counts.proven} of ${services} services are proven. ${legend}.</caption>
<thead><tr><th scope="col">service</th>${hops.map(({ id }) => html`<th scope="col">${hopNumber(id)} ${id}</th>`)}</tr></thead>
<tbody>
${rows.map((row) => html`<tr><th scope="row">${row.name}</th>${hops.map(({ id }) => cellPart(row, id))}</tr>\n`)}</tbody>
</table>
</div>`;
}

function cellPart({ cells }: Row, id: string): Html {
  const cell = cells.find(({ hop }) => hop.id === id);
  return cell === undefined
    ? html`<td></td>`
    : html`<td class="${cell.status}"><span role="img" aria-label="${statusWords[cell.status]}">${cellMarks[cell.status]}</span></td>`;
}

function rowPart({ name, workload, status, cells }: Row): Html {
  const isOpen = status !== 'proven';
  return html`<details${isOpen ? html` open` : ''}>
<summary>${name}${workload === '' ? '' : ` (${workload})`}: ${statusWords[status]}</summary>
<ul class="checks">
${cells.map(cellEvidence)}</ul>
</details>
`;
}

const cellEvidence = ({ hop, status, checks, blockedBy }: Cell): Html =>
  html`<li><strong class="${status}">${cellMarks[status]} ${hopNumber(hop.id)} ${hop.id}</strong>: ${hop.sentence}${
    blockedBy === undefined ? '' : ` (blocked by ${blockedBy})`
  }
<ul>
${checks.map(checkPart)}</ul></li>
`;

const checkPart = ({ status, message, remedy, place, evidence }: HopCheck): Html =>
  html`<li><span class="${status}">${cellMarks[status]}</span> ${message}${place === undefined ? '' : html` ${placeText(place)}`}${
    remedy === undefined ? '' : html`<br>To mend it: <code>${remedy}</code>`
  }${evidence.length === 0 ? '' : html`<details><summary>evidence</summary><ul>${evidence.map((each) => html`<li>${each.message}</li>`)}</ul></details>`}</li>
`;
