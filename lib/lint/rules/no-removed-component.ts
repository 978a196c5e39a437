import type { Collector } from '../../model/collector/collector.ts';
import type { Model } from '../../model/model.ts';
import { componentType } from '../../pipeline/component.ts';
import { mappingAt } from '../../yaml/value.ts';
import type { Rule } from '../rule.ts';
import { type ConfigSection, type PartProblem, problemsOfCollectors } from './support/collector-part.ts';
import { collectorRuntime, isOlderThan } from './support/collector-runtime.ts';

export const noRemovedComponent: Rule = {
  id: 'no-removed-component',
  severity: 'error',
  documentation: {
    summary: 'Reports components that later versions of the collector no longer have.',
    why: 'A configuration with a type that the collector does not know is refused, and the collector crash-loops from the upgrade on. The processor `spanmetrics`, for one, made metrics with other names than those that APM reads, and its successor is the connector.',
    remediation: 'Write what has taken its place.',
    example: `exporters:
  debug: {} # not: logging
connectors:
  spanmetrics: { namespace: "" } # not a processor`,
    see: ['https://github.com/open-telemetry/opentelemetry-collector/releases'],
  },
  check: (model) => problemsOfCollectors(model, (collector) => problemsOf(model, collector)),
};

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

function problemsOf(model: Model, collector: Collector): PartProblem[] {
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
