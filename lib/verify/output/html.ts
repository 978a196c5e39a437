import { createHash } from 'node:crypto';
import type { CellStatus, HopCheck } from '../check.ts';
import { hopNumber } from '../hop.ts';
import { type Cell, cellCounts, exitStatusOf, type Row, type Verification } from '../verification.ts';
import { type Html, html } from './html-element.ts';
import { pageStyle } from './page-style.ts';
import { cellMarks } from './render-text.ts';

const words = { proven: 'Proven', broken: 'Broken', 'not-proven': 'Not proven' } as const;

const statusWords: Readonly<Record<CellStatus, string>> = {
  proven: 'proven',
  broken: 'broken',
  transition: 'in transition',
  blocked: 'blocked',
  unchecked: 'not checked',
};

/**
 * The answer as one page that needs no network and runs no script. Its own policy allows nothing but its style, whatever
 * name of an object stands in it.
 */
export function verificationHtml(verification: Verification): string {
  const { headline, sources, time } = verification;
  const digest = createHash('sha256').update(pageStyle).digest('base64');
  const policy = `default-src 'none'; style-src 'sha256-${digest}'; base-uri 'none'; form-action 'none'`;
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>podhost verify: ${words[headline.verdict]}</title>
<style>STYLE</style>
</head>
<body>
<main>
<h1>podhost verify</h1>
${headlinePart(verification)}
${pathPart(verification)}
<h2>Services</h2>
${tablePart(verification)}
<h2>What was asked</h2>
<dl>
${sources.map(({ name, description }) => html`<dt>${name}</dt><dd>${description}</dd>\n`)}<dt>time</dt><dd><time datetime="${time}">${time}</time></dd>
<dt>exit status</dt><dd>${exitStatusOf(verification)}</dd>
</dl>
<h2>Evidence</h2>
${verification.rows.map(rowPart)}
</main>
</body>
</html>
`;
  return page.markup.replace('<style>STYLE</style>', () => `<style>${pageStyle}</style>`);
}

function headlinePart({ headline }: Verification): Html {
  const { verdict, message, check, visibleAt } = headline;
  return html`<section class="headline ${verdict}" aria-label="Result">
<p class="verdict ${verdict}">${words[verdict]}</p>
<p>${message}</p>
${check?.place === undefined ? '' : html`<p>At <code>${check.place.file}:${check.place.line}:${check.place.column}</code></p>\n`}${
  check?.remedy === undefined ? '' : html`<p>To mend it: <code>${check.remedy}</code></p>\n`
}${visibleAt.length === 0 ? '' : html`<p>It shows also at ${visibleAt.join(', ')}.</p>\n`}</section>`;
}

/** The hops as one line of arrows; the one that the headline names is cut off. */
function pathPart({ hops, rows, headline }: Verification): Html {
  const items = hops.map(({ id, sentence }) => {
    const statuses = rows.flatMap(({ cells }) => cells.filter(({ hop }) => hop.id === id).map(({ status }) => status));
    const status = worst(statuses);
    const isCut = headline.verdict === 'broken' && headline.hop === id;
    return html`<li class="${status}${isCut ? ' cut' : ''}"><span title="${sentence}"><span class="${status}" aria-hidden="true">${cellMarks[status]}</span> ${id}</span></li>\n`;
  });
  return html`<ol class="path" aria-label="The path of a span">\n${items}</ol>`;
}

const order: readonly CellStatus[] = ['broken', 'transition', 'blocked', 'unchecked', 'proven'];

const worst = (statuses: readonly CellStatus[]): CellStatus =>
  order.find((status) => statuses.includes(status)) ?? 'unchecked';

function tablePart(verification: Verification): Html {
  const { hops, rows } = verification;
  const counts = cellCounts(verification);
  const services = rows.filter(({ isSystem }) => !isSystem).length;
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Services and hops">
<table>
<caption>${counts.proven} of ${services} services are proven. ✓ proven, ✗ broken, … in transition, – blocked, ? not checked.</caption>
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
  html`<li><span class="${status}">${cellMarks[status]}</span> ${message}${place === undefined ? '' : html` <code>${place.file}:${place.line}:${place.column}</code>`}${
    remedy === undefined ? '' : html`<br>To mend it: <code>${remedy}</code>`
  }${evidence.length === 0 ? '' : html`<details><summary>evidence</summary><ul>${evidence.map((each) => html`<li>${each.message}</li>`)}</ul></details>`}</li>
`;
