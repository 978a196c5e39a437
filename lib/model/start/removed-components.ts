import { componentType } from '../../pipeline/component.ts';
import { mappingAt } from '../../yaml/value.ts';
import type { Collector } from '../collector/collector.ts';
import type { ConfigSection, PartProblem } from '../collector/part.ts';
import { collectorRuntime, isOlderThan } from '../collector/runtime.ts';
import type { Model } from '../model.ts';

interface Removal {
  readonly section: ConfigSection;
  readonly type: string;
  /** The first version without it. */
  readonly since: number;
  readonly instead: string;
}

const removals: readonly Removal[] = [
  { section: 'processors', type: 'spanmetrics', since: 96, instead: 'the connector spanmetrics' },
  { section: 'exporters', type: 'logging', since: 111, instead: 'the exporter debug' },
  { section: 'exporters', type: 'jaeger', since: 86, instead: 'the exporter otlp, which Jaeger takes' },
];

/** Components that the version of a collector no longer has. */
export function removedComponents(model: Model, collector: Collector): PartProblem[] {
  const runtime = collectorRuntime(model, collector);
  const isKnown = runtime?.version !== undefined;
  return removals
    .filter(({ since }) => runtime === undefined || !isOlderThan(runtime, since))
    .flatMap(({ section, type, since, instead }) =>
      Object.keys(mappingAt(collector.config, section))
        .filter((id) => componentType(id) === type)
        .map((id) => ({
          path: [section, id],
          message: `${section.slice(0, -1)} ${id} of ${collector.title} is gone since 0.${since}: the collector does not start`,
          suggestion: `write instead: ${instead}`,
          ...(isKnown ? {} : { cannotTell: true }),
        })),
    );
}
