import { componentType } from './component.ts';
import type { Pipeline, Pipelines } from './pipelines.ts';
import { pathTo } from './spans.ts';

/** Types that keep data in the collector. */
const inside = new Set(['debug', 'logging', 'nop', 'spanmetrics', 'forward', 'servicegraph', 'routing', 'count']);

/** Exporters of some pipelines by which data leave the collector. */
export const exportersOf = (pipelines: Pipelines, passed: readonly Pipeline[]): string[] => [
  ...new Set(
    passed
      .flatMap(({ exporters }) => exporters)
      .filter((id) => !inside.has(componentType(id)) && !pipelines.isConnector(id)),
  ),
];

/** Types that send spans to another collector. */
const relayTypes = ['loadbalancing', 'otlp', 'otlphttp'];

/** Whether another collector may get the traces of this one, from it or from a queue. */
export const maySendTracesOn = (pipelines: Pipelines): boolean =>
  pipelines.with('exporters', ...relayTypes, 'kafka').some(({ signal }) => signal === 'traces');

/** The exporter that sends spans to another collector. */
export const relayExporter = (exporters: readonly string[]): string | undefined =>
  relayTypes.flatMap((type) => exporters.filter((id) => componentType(id) === type))[0];

/**
 * The pipelines that spans pass until they leave a collector.
 *
 * @param passed its pipelines that spans pass at all
 * @param isLast whether no other collector comes behind it
 * @param isFollowed which exporter of the last collector is followed, if not the first
 */
export function pathOut(
  pipelines: Pipelines,
  passed: readonly Pipeline[],
  isLast: boolean,
  isFollowed: (exporter: string) => boolean = () => true,
): readonly Pipeline[] {
  const exporters = exportersOf(pipelines, passed);
  const exporter = (isLast ? exporters.find(isFollowed) : relayExporter(exporters)) ?? exporters[0];
  return exporter === undefined ? passed.slice(0, 1) : pathTo(passed, exporter);
}

/** Data that leave a collector by two exporters, so that they arrive, and are paid for, twice. */
export interface DoubleExport {
  /** Signal and receiver, e.g. `traces of otlp`. */
  readonly source: string;
  readonly first: ExportPoint;
  readonly second: ExportPoint;
}

interface ExportPoint {
  readonly exporter: string;
  readonly pipeline: string;
}

export function doubleExports(pipelines: Pipelines): DoubleExport[] {
  const points = pipelines.all.flatMap((pipeline) =>
    exportersOf(pipelines, [pipeline]).map((exporter) => ({
      exporter,
      pipeline: pipeline.id,
      sources: sourcesOf(pipelines, pipeline),
    })),
  );
  return points.flatMap((first, index) =>
    points.slice(index + 1).flatMap((second): DoubleExport[] => {
      const source = first.sources.find((each) => second.sources.includes(each));
      return source === undefined ? [] : [{ source, first, second }];
    }),
  );
}

/** Where the data of a pipeline come from, followed back through connectors that pass them on unchanged. */
const sourcesOf = (pipelines: Pipelines, pipeline: Pipeline): string[] =>
  [...pipelines.upstream(pipeline)]
    .filter(({ signal }) => signal === pipeline.signal)
    .flatMap(({ receivers }) => receivers)
    .filter((id) => !(pipelines.isConnector(id) && componentType(id) === 'forward'))
    .map((id) => `${pipeline.signal} of ${id}`);
