import { visible } from '../text/visible.ts';
import { type Explanation, firstBreak } from './explanation.ts';
import { headline } from './headline.ts';
import type { Hop } from './hop.ts';
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
      `  hop${index}["${marks[hop.status]} ${escaped(hop.name)}<br/>${escaped(hop.message)}${placeOf(hop)}"]:::${hop.status}`,
  );
  return [
    '```mermaid',
    'flowchart TD',
    `  service(["${escaped(service)} (${escaped(workload)})<br/>${escaped(headline(explanation))}"]):::${status}`,
    ...lines,
    ...hops.map((hop, index) => `  ${index === 0 ? 'service' : `hop${index - 1}`} ${arrow(hop)} hop${index}`),
    '  classDef ok stroke:#16a34a',
    '  classDef broken stroke:#dc2626,stroke-width:3px',
    '  classDef unknown stroke:#ca8a04,stroke-dasharray:4',
    '```',
    '',
  ].join('\n');
}

const placeOf = ({ place }: Hop): string =>
  place === undefined ? '' : `<br/>${escaped(`${place.file}:${place.line}`)}`;

const arrows = { ok: '-->', broken: '--x', unknown: '-.->' } as const;

const arrow = ({ status }: Hop): string => arrows[status];

/**
 * Text between quotation marks: Mermaid has its own form of entities, reads Markdown, formulas and directives there, and
 * ends at a quotation mark. A fence ends at backticks. Lines with `style` or `classDef` lose the end of an entity.
 */
const escaped = (text: string): string =>
  visible(text.replaceAll(/\s+/g, ' '))
    .replaceAll(/[#&<>"`%$\\{}|*~[\]]/g, entity)
    .replaceAll(/s(?=tyle)|c(?=lassDef)/g, entity);

const entity = (character: string): string => (character === '"' ? '#quot;' : `#${character.charCodeAt(0)};`);
