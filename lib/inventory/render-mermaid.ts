import { mermaidText } from '../text/mermaid.ts';
import type { DescribedCollector, Inventory } from './inventory.ts';

/**
 * The inventory as a diagram in a fence of Markdown: collectors with their pipelines, the Services before them and what
 * their exporters send to.
 *
 * @see https://mermaid.js.org/syntax/flowchart.html
 */
export function inventoryMermaid({ collectors }: Inventory): string {
  const indexes = new Map(collectors.map(({ title }, index) => [title, index]));
  return [
    '```mermaid',
    'flowchart LR',
    ...collectors.flatMap((collector, index) => collectorLines(collector, index)),
    ...collectors.flatMap((collector, index) => linkLines(collector, index, indexes)),
    '```',
    '',
  ].join('\n');
}

function collectorLines({ title, unread, pipelines }: DescribedCollector, index: number): string[] {
  const inner =
    unread === undefined
      ? pipelines.map(({ id, receivers, processors, exporters }, position) => {
          const parts = [receivers, processors, exporters].map((part) => mermaidText(part.join(' ')));
          return `    c${index}p${position}["${mermaidText(id)}<br/>${parts.filter((part) => part !== '').join('<br/>→ ')}"]`;
        })
      : [`    c${index}p0["${mermaidText(`not known: ${unread}`)}"]`];
  return [`  subgraph c${index}["${mermaidText(title)}"]`, ...inner, '  end'];
}

function linkLines(
  { services, exporters, sendsTo, spanMetrics }: DescribedCollector,
  index: number,
  indexes: ReadonlyMap<string, number>,
): string[] {
  const counted = spanMetrics.map(({ connector }) => connector).join(', ');
  return [
    ...services.map(
      ({ name, namespace }, position) =>
        `  c${index}s${position}(["${mermaidText(`${name}.${namespace}`)}"]) --> c${index}`,
    ),
    ...sendsTo.flatMap((title) => {
      const target = indexes.get(title);
      return target === undefined ? [] : [`  c${index} -->|traces| c${target}`];
    }),
    ...exporters
      .filter(({ destination }) => destination !== undefined)
      .map(
        ({ id, signals, destination = '' }, position) =>
          `  c${index} -->|"${mermaidText(`${signals.join(', ')} by ${id}`)}"| c${index}e${position}["${mermaidText(destination)}"]`,
      ),
    ...(counted === '' ? [] : [`  c${index} -.- c${index}m["${mermaidText(`span metrics of ${counted}`)}"]`]),
  ];
}
