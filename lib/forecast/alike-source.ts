import { rememberedPair } from '../remembered-pair.ts';
import { countedSpans, type SpanCounter } from './collector/span-counter.ts';
import type { ResourceLabels } from './label.ts';
import type { SpanSource } from './label-sets.ts';
import type { SpanShape } from './span-shape.ts';

/** Sources by their counted spans and by what of their resource decides. */
type Known = Map<readonly SpanShape[], Map<string, SpanSource>>;

const known = new WeakMap<SpanCounter, Known>();

/**
 * The first source with the same label sets but for the values of resource attributes, which are the same for all label
 * sets of one source. What is counted of it holds for all sources like it: services of one system are mostly alike.
 */
export const alikeSource = rememberedPair(firstLike);

function firstLike(counter: SpanCounter, source: SpanSource): SpanSource {
  const spans = countedSpans(counter, source.spans);
  const bySpans: Known = known.get(counter) ?? new Map();
  const byResource = bySpans.get(spans) ?? new Map<string, SpanSource>();
  known.set(counter, bySpans.set(spans, byResource));
  const key = keyOf(source.resourceAt(counter), attributeNames(spans));
  const first = byResource.get(key) ?? source;
  byResource.set(key, first);
  return first;
}

/** A value decides where spans have the attribute as well, and may have the same value. */
function keyOf(resource: ResourceLabels, ofSpans: ReadonlySet<string>): string {
  let key = '';
  for (const [name, { scope, value }] of resource) {
    key += `${name}\n${scope}\n`;
    if (ofSpans.has(name)) {
      key += JSON.stringify(value);
    }
  }
  return key;
}

const names = new WeakMap<readonly SpanShape[], ReadonlySet<string>>();

function attributeNames(spans: readonly SpanShape[]): ReadonlySet<string> {
  const all = names.get(spans) ?? new Set(spans.flatMap(({ attributes }) => Object.keys(attributes)));
  names.set(spans, all);
  return all;
}

/**
 * A question about a connector and a source whose answer is the same for all sources that are alike.
 *
 * @param answer called once for all of them
 */
export function ofAlikeSources<Answer extends object>(
  answer: (counter: SpanCounter, source: SpanSource) => Answer,
): (counter: SpanCounter, source: SpanSource) => Answer {
  const ofFirst = rememberedPair(answer);
  return (counter, source) => ofFirst(counter, alikeSource(counter, source));
}
