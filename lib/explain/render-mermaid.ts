import { mermaidText } from '../text/mermaid.ts';
import { type Explanation, firstBreak } from './explanation.ts';
import { headline } from './headline.ts';
import type { ExplainedHop } from './hop.ts';
import { marks } from './render-text.ts';

/**
 * The explanation as a diagram in a fence of Markdown, which GitHub and GitLab draw in a pull request.
 *
 * @see https://mermaid.js.org/syntax/flowchart.html
 */
export function renderMermaid(explanation: Explanation): string {
  const { service, workload, hops } = explanation;
  const status = firstBreak(explanation)?.status ?? 'ok';
  const lines = hops.map(
    (hop, index) =>
      `  hop${index}["${marks[hop.status]} ${mermaidText(hop.name)}<br/>${mermaidText(hop.message)}${placeOf(hop)}"]:::${hop.status}`,
  );
  return [
    '```mermaid',
    'flowchart TD',
    `  service(["${mermaidText(service)} (${mermaidText(workload)})<br/>${mermaidText(headline(explanation))}"]):::${status}`,
    ...lines,
    ...hops.map((hop, index) => `  ${index === 0 ? 'service' : `hop${index - 1}`} ${arrow(hop)} hop${index}`),
    '  classDef ok stroke:#16a34a',
    '  classDef broken stroke:#dc2626,stroke-width:3px',
    '  classDef unknown stroke:#ca8a04,stroke-dasharray:4',
    '```',
    '',
  ].join('\n');
}

const placeOf = ({ place }: ExplainedHop): string =>
  place === undefined ? '' : `<br/>${mermaidText(`${place.file}:${place.line}`)}`;

const arrows = { ok: '-->', broken: '--x', unknown: '-.->' } as const;

const arrow = ({ status }: ExplainedHop): string => arrows[status];
