import type { SpanCounter } from '../../lib/forecast/collector/span-counter.ts';
import { type LabelScope, type ResourceLabel, scopeOf } from '../../lib/forecast/label.ts';
import type { SpanSource } from '../../lib/forecast/label-sets.ts';
import type { SpanShape } from '../../lib/forecast/span-shape.ts';
import type { Dimension } from '../../lib/pipeline/dimensions.ts';

export const dimensions = (...names: string[]): Dimension[] =>
  names.map((name) => ({ name, origin: 'connector-config' }));

/** A connector with two bounds: calls, three buckets, sum and count. */
export const counter = (
  settings: Partial<SpanCounter['settings']> = {},
  more: Partial<SpanCounter> = {},
): SpanCounter => ({
  id: 'spanmetrics',
  isMain: true,
  withoutBuckets: false,
  processors: [],
  effects: [],
  settings: {
    namespace: '',
    unit: 'ms',
    dimensions: [],
    callsDimensions: [],
    durationDimensions: [],
    always: ['service.name', 'span.name', 'span.kind', 'status.code'],
    resourceKey: [],
    bounds: 2,
    hasDuration: true,
    labelSetLimit: undefined,
    resourceLimit: 1_000,
    expiration: '5m',
    ...settings,
  },
  ...more,
});

export const span = (name: string, more: Partial<SpanShape> = {}): SpanShape => ({
  name,
  kind: 'SERVER',
  status: 'UNSET',
  attributes: {},
  ...more,
});

export const resource = (...names: string[]): ReadonlyMap<string, ResourceLabel> =>
  new Map(
    names.map((name): [string, { scope: LabelScope; value: string }] => [name, { scope: scopeOf(name), value: name }]),
  );

export const source = (more: Partial<SpanSource> = {}): SpanSource => ({
  service: 'api',
  pods: 2,
  processes: 1,
  nodes: 2,
  resourceAt: () => resource('k8s.pod.name'),
  spans: [span('GET /a'), span('GET /b')],
  ...more,
});
