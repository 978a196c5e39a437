import { type Html, html } from '../html/element.ts';
import { htmlPage } from '../html/page.ts';
import { headlineBox, htmlTable, type PictureStatus, pathPicture, placeText } from '../html/parts.ts';
import type { Certainty } from '../model/certainty.ts';
import { type Explanation, firstBreak, type Series } from './explanation.ts';
import { headline } from './headline.ts';
import type { ExplainedHop } from './hop.ts';
import { marks } from './render-text.ts';

const statuses: Readonly<Record<Certainty, PictureStatus>> = { ok: 'proven', broken: 'broken', unknown: 'unchecked' };

const kinds = { ok: 'proven', broken: 'broken', unknown: 'not-proven' } as const;
const verdicts = { ok: 'Whole', broken: 'Broken', unknown: 'Cannot tell' } as const;

/** The path of one service as a picture, cut where it breaks. */
export function explanationPicture(explanation: Explanation): Html {
  const cut = firstBreak(explanation);
  return pathPicture(
    `The path of a span of ${explanation.service}`,
    explanation.hops.map((hop) => ({
      name: hop.name,
      status: statuses[hop.status],
      description: hop.message,
      isCut: hop === cut && hop.status === 'broken',
    })),
  );
}

/** The same below the name of the service, for a page about many. */
export const servicePicture = (explanation: Explanation): Html =>
  html`<h3>${explanation.service} (${explanation.workload})</h3>\n${explanationPicture(explanation)}`;

/** The explanation as one page that needs no network. */
export function explanationHtml(explanation: Explanation): string {
  const { service, workload, namespace, hops, series, application, subsystem } = explanation;
  const status = firstBreak(explanation)?.status ?? 'ok';
  return htmlPage({
    title: `The path of ${service}: ${verdicts[status]}`,
    heading: `The path of ${service}`,
    body: [
      headlineBox({
        kind: kinds[status],
        verdict: verdicts[status],
        lines: [html`<p>${service} (${workload}, namespace ${namespace}): ${headline(explanation)}</p>\n`],
      }),
      explanationPicture(explanation),
      html`<h2>Hops</h2>\n<ul class="checks">\n${hops.map(hopPart)}</ul>\n`,
      ...(series === undefined ? [] : [seriesPart(series)]),
      ...(application === undefined
        ? []
        : [html`<h2>In Coralogix</h2>\n<p>Application ${application}, subsystem ${subsystem ?? ''}</p>\n`]),
    ],
  });
}

const hopPart = ({ name, status, message, reasons }: ExplainedHop): Html =>
  html`<li><strong class="${statuses[status]}">${marks[status]} ${name}</strong>: ${message}${
    reasons.length === 0
      ? ''
      : html`
<ul>
${reasons.map((reason) => html`<li>${reason.message}${reason.place === undefined ? '' : html` ${placeText(reason.place)}`}</li>\n`)}</ul>`
  }</li>
`;

const seriesPart = ({ calls, labels }: Series): Html => html`<h2>Labels of ${calls}</h2>
${htmlTable({
  label: `Labels of ${calls}`,
  head: ['label', 'value', 'from'],
  rows: labels.map(({ name, value, from }) => [name, value ?? 'differs between spans', from]),
})}`;
