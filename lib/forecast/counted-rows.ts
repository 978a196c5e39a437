import { ownValue } from '../own-value.ts';
import { fallbacksOf, takenNames } from '../pipeline/dimensions.ts';
import { countedSpans, type SpanCounter } from './collector/span-counter.ts';
import { configuredDimensionLists } from './collector/span-metrics-settings.ts';
import type { ResourceLabels } from './label.ts';
import type { SpanSource } from './label-sets.ts';
import type { SpanShape } from './span-shape.ts';

/** One shape of the spans of one service, as a connector counts it. */
export interface CountedSpan {
  /** Labels that depend on the span and the service. */
  readonly values: ReadonlyMap<string, string>;
  /** Labels that depend on the node, the pod or the process. */
  readonly instanceLabels: readonly string[];
  /** Names of the dimensions, whether the span has them or not. */
  readonly dimensions: readonly string[];
}

/** The spans of a source as a connector counts them. */
export function countedRows(counter: SpanCounter, source: SpanSource): CountedSpan[] {
  const resource = source.resourceAt(counter);
  return countedSpans(counter, source.spans).map((span) => rowOf(counter, span, resource));
}

function rowOf({ settings }: SpanCounter, span: SpanShape, resource: ResourceLabels): CountedSpan {
  const { all } = configuredDimensionLists(settings);
  const fallbacks = fallbacksOf(all);
  const dimensions = takenNames(all, [...Object.keys(span.attributes), ...resource.keys()]);
  const fixed: Readonly<Record<string, string>> = {
    'span.name': span.name,
    'span.kind': span.kind,
    'status.code': span.status,
  };
  const ofCollector = settings.always.filter((name) => name === 'collector.instance.id');
  const values = new Map<string, string>();
  for (const [name, { scope, value }] of resource) {
    if (scope === 'service') {
      values.set(name, value);
    }
  }
  for (const name of settings.always) {
    values.set(name, fixed[name] ?? '');
  }
  for (const name of dimensions) {
    const value = ownValue(span.attributes, name) ?? fallbacks.get(name);
    if (value !== undefined) {
      values.set(name, value);
    }
  }
  const ofInstance = [...resource].flatMap(([name, { scope }]) => (scope === 'service' ? [] : [name]));
  return { values, instanceLabels: [...ofInstance, ...ofCollector], dimensions };
}
