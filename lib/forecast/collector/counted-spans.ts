import { ownValue } from '../../own-value.ts';
import { takenNames } from '../../pipeline/dimensions.ts';
import { distinctShapes, type SpanShape } from '../span-shape.ts';
import type { SpanCounter } from './span-counter.ts';
import { configuredDimensionLists } from './span-metrics-settings.ts';

/** Many questions are asked of the same spans. */
const known = new WeakMap<SpanCounter, WeakMap<readonly SpanShape[], readonly SpanShape[]>>();

/** The spans as they are when they are counted: without those that never are, and with the attributes that count. */
export function countedSpans(counter: SpanCounter, spans: readonly SpanShape[]): readonly SpanShape[] {
  const ofCounter = known.get(counter) ?? new WeakMap<readonly SpanShape[], readonly SpanShape[]>();
  known.set(counter, ofCounter);
  const found = ofCounter.get(spans) ?? distinctShapes(spans.flatMap((span) => counted(counter, span)));
  ofCounter.set(spans, found);
  return found;
}

function counted({ effects, settings }: SpanCounter, span: SpanShape): SpanShape[] {
  let current: SpanShape | undefined = span;
  for (const effect of effects) {
    current = effect(current);
    if (current === undefined) {
      return [];
    }
  }
  const { attributes } = current;
  const names = takenNames(configuredDimensionLists(settings).all, Object.keys(attributes));
  return [
    {
      ...current,
      attributes: Object.fromEntries(
        names.flatMap((name) => {
          const value = ownValue(attributes, name);
          return value === undefined ? [] : [[name, value]];
        }),
      ),
    },
  ];
}
