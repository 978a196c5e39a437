import { isType } from '../../../pipeline/component.ts';
import { type Invariant, withUpstream } from './invariant.ts';

/** Two ways out of the cluster for the same data mean that everything arrives, and is paid for, twice. */
export const oneWayOut: Invariant = (pipelines) => {
  const waysOut = pipelines.flatMap((pipeline) =>
    pipeline.exporters
      .filter((exporter) => exporter.kind === 'exporter' && !isType(exporter, 'debug'))
      .map((exporter) => ({ exporter, pipeline, sources: sourcesOf(pipeline, pipelines) })),
  );
  return waysOut.flatMap((way, index) =>
    waysOut
      .slice(index + 1)
      .filter((other) => other.sources.some((source) => way.sources.includes(source)))
      .map(
        (other) =>
          `${way.sources.find((source) => other.sources.includes(source))} leaves by ${way.exporter.id} (pipeline ${way.pipeline.id}) and by ${other.exporter.id} (pipeline ${other.pipeline.id}): keep one`,
      ),
  );
};

/** What comes out of a pipeline: signal and receiver, followed back through connectors that pass data on unchanged. */
function sourcesOf(pipeline: Parameters<typeof withUpstream>[0], pipelines: Parameters<Invariant>[0]): string[] {
  const signal = pipeline.id.split('/', 1)[0];
  return withUpstream(pipeline, pipelines)
    .filter(({ id }) => id.split('/', 1)[0] === signal)
    .flatMap(({ receivers }) => receivers)
    .filter((receiver) => receiver.kind === 'receiver' || !isType(receiver, 'forward'))
    .map(({ id }) => `${signal} of ${id}`);
}
