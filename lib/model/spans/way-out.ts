import { type Collector, componentType } from '../collector/collector.ts';
import type { CollectorPipeline } from '../collector/collector-pipeline.ts';
import { mappingAt } from '../value.ts';
import { wayTo } from './traces.ts';

const elsewhere = new Set(['debug', 'logging', 'nop', 'spanmetrics', 'forward', 'servicegraph', 'routing', 'count']);

/** Exporters of some pipelines by which data leave the collector. */
export const exportersOf = ({ config }: Collector, pipelines: readonly CollectorPipeline[]): string[] => [
  ...new Set(
    pipelines
      .flatMap(({ exporters }) => exporters)
      .filter((id) => !elsewhere.has(componentType(id)) && !Object.hasOwn(mappingAt(config, 'connectors'), id)),
  ),
];

/** The exporter that hands spans to another collector. */
export const handingOn = (exporters: readonly string[]): string | undefined =>
  ['loadbalancing', 'otlp', 'otlphttp'].flatMap((type) => exporters.filter((id) => componentType(id) === type))[0];

/**
 * The pipelines that spans pass until they leave a collector.
 *
 * @param passed its pipelines that spans pass at all
 * @param isLast whether no other collector comes behind it
 */
export function wayOut(
  collector: Collector,
  passed: readonly CollectorPipeline[],
  isLast: boolean,
): readonly CollectorPipeline[] {
  const exporters = exportersOf(collector, passed);
  const out = (isLast ? undefined : handingOn(exporters)) ?? exporters[0];
  return out === undefined ? passed.slice(0, 1) : wayTo(passed, out);
}
