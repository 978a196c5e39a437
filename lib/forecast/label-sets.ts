import { ownValue } from '../own-value.ts';
import { type Dimension, fallbacksOf, takenNames } from '../pipeline/dimensions.ts';
import { countedSpans, type SpanCounter } from './collector/span-counter.ts';
import { configuredDimensionLists } from './collector/span-metrics-settings.ts';
import { finer, type LabelScope, type ResourceLabel, type ResourceLabels } from './label.ts';
import type { SpanShape } from './span-shape.ts';

/** Where the spans of a service come from: its pods, which all do the same. */
export interface SpanSource {
  /** `service.name`. */
  readonly service: string;
  readonly pods: number;
  /** In each pod. */
  readonly processes: number;
  /** Nodes that the pods can be on, at most. */
  readonly nodes: number;
  readonly spans: readonly SpanShape[];
  /** Attributes of the resource of its spans as a connector counts them. */
  readonly resourceAt: (counter: SpanCounter) => ResourceLabels;
}

/** Label sets that a source makes, which differ by what depends on the spans and the service alone. */
export interface LabelSets {
  readonly source: SpanSource;
  /** What else distinguishes each: the node, the pod, the process. One resource has as many of them as there are. */
  readonly scopes: ReadonlyMap<string, LabelScope>;
}

export const noLabels: ReadonlySet<string> = new Set();

/**
 * Label sets of one metric.
 *
 * @param without labels to leave out, to see what they cost
 */
export function labelSets(
  counter: SpanCounter,
  source: SpanSource,
  metric: 'calls' | 'duration',
  without: ReadonlySet<string> = noLabels,
): LabelSets {
  const { settings } = counter;
  const dimensions = configuredDimensionLists(settings)[metric];
  const resource = source.resourceAt(counter);
  const attached = attachedLabels(resource, settings.resourceKey, without);
  const always = settings.always.filter((name) => !without.has(name));
  const least = always.includes('collector.instance.id') ? finer(attached.scope, 'node') : attached.scope;
  const labelled = dimensions.filter(({ name }) => !without.has(name));
  const patterns = labelled.some(({ pattern }) => pattern !== undefined);
  const scopes = new Map<string, LabelScope>();
  for (const span of countedSpans(counter, source.spans)) {
    let key = attached.labels;
    for (const name of always) {
      key += `\n${name}=${valueOfAlways(name, span, source)}`;
    }
    let scope = least;
    const own = patterns
      ? matched(dimensions, [...Object.keys(span.attributes), ...resource.keys()], without)
      : labelled;
    for (const { name, fallback } of own) {
      const label = ownValue(span.attributes, name) === undefined ? resource.get(name) : undefined;
      const value = label === undefined ? (ownValue(span.attributes, name) ?? fallback) : valueOfLabel(label);
      if (value !== undefined) {
        key += `\n${name}=${value}`;
        scope = finer(scope, label?.scope ?? 'service');
      }
    }
    scopes.set(key, scope);
  }
  return { source, scopes };
}

function matched(dimensions: readonly Dimension[], names: readonly string[], without: ReadonlySet<string>) {
  const fallbacks = fallbacksOf(dimensions);
  const taken = takenNames(dimensions, names, ({ name }) => !without.has(name));
  return taken.map((name) => ({ name, fallback: fallbacks.get(name) }));
}

const valueOfLabel = ({ scope, value }: ResourceLabel): string => (scope === 'service' ? value : `<${scope}>`);

function valueOfAlways(name: string, span: SpanShape, { service }: SpanSource): string {
  switch (name) {
    case 'service.name':
      return service;
    case 'span.name':
      return span.name;
    case 'span.kind':
      return span.kind;
    case 'status.code':
      return span.status;
    default:
      return '';
  }
}

/** Labels that come with the resource. */
export function attachedLabels(resource: ResourceLabels, key: readonly string[], without: ReadonlySet<string>) {
  const names = [...resource.keys()].filter((name) => !without.has(name)).sort();
  const telling = key.length === 0 ? names : names.filter((name) => key.includes(name));
  const labels = telling.flatMap((name) => {
    const label = resource.get(name);
    return label === undefined ? [] : [`resource ${name}=${valueOfLabel(label)}`];
  });
  const scope = telling.reduce<LabelScope>(
    (current, name) => finer(current, resource.get(name)?.scope ?? 'service'),
    'service',
  );
  // What does not distinguish resources has the value that the collector of the node saw first.
  return { labels: labels.join('\n'), scope: key.length === 0 ? scope : finer(scope, 'node') };
}
