import type { ChartRendering, RenderedCollector } from '../../../chart/chart.ts';
import type { SourceDocument } from '../../../yaml/source-document.ts';
import type { RefusedValue } from './refusal.ts';

/**
 * Ports of sub-charts with which the API server rejects what helm makes of them: without a number, or with one that is
 * none of a port.
 *
 * @see https://kubernetes.io/docs/reference/kubernetes-api/service-resources/service-v1/
 */
export const rejectedPorts = (document: SourceDocument, { collectors, services }: ChartRendering): RefusedValue[] =>
  collectors.flatMap((collector) => {
    const ofCollector = [...collector.path, 'service'].join('.');
    const service = services.find(({ path }) => path.join('.') === ofCollector);
    return [
      ...collector.ports.flatMap(({ name, containerPort }) =>
        rejected(document, collector, name, 'containerPort', containerPort, collector.kind),
      ),
      ...(service?.ports ?? []).flatMap(({ name, port }) =>
        rejected(document, collector, name, 'servicePort', port, 'Service'),
      ),
    ];
  });

function rejected(
  document: SourceDocument,
  { path }: RenderedCollector,
  name: string,
  key: 'containerPort' | 'servicePort',
  port: number | undefined,
  kind: string,
): RefusedValue[] {
  if (port !== undefined && port >= 1 && port <= 65_535) {
    return [];
  }
  const entry = [...path, 'ports', name];
  const what = port === undefined ? `has no ${key}` : `has ${key}: ${port}, which is no port`;
  return [
    {
      path: entry,
      finding: {
        message: `${entry.join('.')} ${what}: the API server rejects the ${kind}, and helm installs nothing`,
        place: port === undefined ? document.place(entry, 'key') : document.place([...entry, key]),
        suggestion: `write: ${key}: …, from 1 to 65535`,
      },
    },
  ];
}
