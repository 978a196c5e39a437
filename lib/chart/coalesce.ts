import { isMapping, type Mapping, mappingAt } from '../yaml/value.ts';
import { collectorDefaults } from './defaults/collector.ts';
import { umbrellaDefaults } from './defaults/umbrella.ts';
import { collectorAliases, subChartNames } from './schema/umbrella.ts';

type Nulls =
  /** Null takes a key away that the chart has, and stays where it has none. */
  | 'delete'
  /** Null stays, for a later merge to act on. */
  | 'keep';

/**
 * Merges values over those of a chart, as helm does: mappings key by key, anything else replaces what was there.
 *
 * @see https://github.com/helm/helm/blob/v3.17.4/pkg/chartutil/coalesce.go
 */
export function coalesced(values: Mapping, own: Mapping, nulls: Nulls = 'delete'): Mapping {
  if (values === own) {
    return own;
  }
  const both: Record<string, unknown> = { ...values };
  for (const key of Object.keys(own)) {
    const value = own[key];
    const given = both[key];
    if (!Object.hasOwn(both, key)) {
      set(both, key, value);
    } else if (given === null) {
      if (nulls === 'delete') {
        delete both[key];
      }
    } else if (isMapping(given) && isMapping(value)) {
      set(both, key, coalesced(given, value, nulls));
    }
  }
  return both;
}

/** Assigned, `__proto__` would be no key. */
function set(mapping: Record<string, unknown>, key: string, value: unknown): void {
  if (key === '__proto__') {
    Object.defineProperty(mapping, key, { value, enumerable: true, configurable: true, writable: true });
  } else {
    mapping[key] = value;
  }
}

/** The values of `otel-integration` and of its sub-charts that are on, by the names of these. */
export interface CoalescedValues {
  readonly umbrella: Mapping;
  readonly subCharts: ReadonlyMap<string, Mapping>;
  /** A sub-chart whose values are no mapping, where helm gives up. */
  readonly mismatch?: { readonly alias: string; readonly value: unknown };
}

const { global: sharedDefaults, ...ownDefaults } = collectorDefaults;

const sharedValues = (global: unknown, nulls: Nulls): unknown =>
  isMapping(global) && isMapping(sharedDefaults) ? coalesced(global, sharedDefaults, nulls) : global;

/** Most sub-charts are given no values, and are the same each time. */
const known = new WeakMap<Mapping, Mapping>();

function withDefaults(own: Mapping, nulls: Nulls): Mapping {
  const found = nulls === 'delete' ? known.get(own) : undefined;
  const all = found ?? coalesced(own, ownDefaults, nulls);
  if (nulls === 'delete') {
    known.set(own, all);
  }
  return all;
}

let umbrellaOwn: Mapping | undefined;

/** What `otel-integration` has once helm has put the values of its sub-charts into its own. */
function ownUmbrellaValues(): Mapping {
  umbrellaOwn ??= withSubCharts(umbrellaDefaults, 'keep').umbrella;
  return umbrellaOwn;
}

/** What helm makes of the values that a user gives to `otel-integration`. */
export function umbrellaValues(values: Mapping): CoalescedValues {
  const ownValues = ownUmbrellaValues();
  const merged = Object.entries({ ...ownValues, ...values }).flatMap(([key, given]) => {
    const own = ownValues[key];
    if (given === null && Object.hasOwn(ownValues, key)) {
      return [];
    }
    const isBoth = isMapping(given) && isMapping(own);
    return [[key, isBoth ? coalesced(given, own, isSubChart(key) ? 'keep' : 'delete') : given] as const];
  });
  return withSubCharts(Object.fromEntries(merged), 'delete');
}

const isSubChart = (key: string): boolean => subChartNames.includes(key);

function withSubCharts(umbrella: Mapping, nulls: Nulls): CoalescedValues {
  const subCharts = new Map<string, Mapping>();
  let mismatch: CoalescedValues['mismatch'];
  for (const alias of subChartNames) {
    const own = Object.hasOwn(umbrella, alias) ? umbrella[alias] : {};
    if (!isMapping(own)) {
      mismatch ??= { alias, value: own };
      continue;
    }
    if (own['enabled'] === false && nulls === 'delete') {
      continue;
    }
    subCharts.set(alias, collectorAliases.includes(alias) ? collectorValues(own, umbrella, nulls) : own);
  }
  return {
    umbrella: { ...umbrella, ...Object.fromEntries(subCharts) },
    subCharts,
    ...(mismatch === undefined ? {} : { mismatch }),
  };
}

function collectorValues(own: Mapping, umbrella: Mapping, nulls: Nulls): Mapping {
  const { global: _, ...others } = withDefaults(own, nulls);
  const global = sharedValues(withGlobals(own, umbrella), nulls);
  return global === null && nulls === 'delete' ? others : { ...others, global };
}

/** What a sub-chart shares with the chart: of both the chart's, but that mappings are merged over its own. */
function withGlobals(subChart: Mapping, umbrella: Mapping): unknown {
  const own = Object.hasOwn(subChart, 'global') ? subChart['global'] : {};
  const shared = Object.hasOwn(umbrella, 'global') ? umbrella['global'] : {};
  if (!isMapping(own) || !isMapping(shared)) {
    return own;
  }
  const both = new Map(Object.entries(own));
  for (const [key, value] of Object.entries(shared)) {
    const below = both.get(key);
    if (isMapping(value)) {
      if (!both.has(key) || isMapping(below)) {
        both.set(key, coalesced(value, mappingAt(below), 'keep'));
      }
    } else if (!isMapping(below)) {
      both.set(key, value);
    }
  }
  return Object.fromEntries(both);
}

/** What helm makes of the values of the plain chart. */
export const plainValues = (values: Mapping): Mapping => coalesced(values, collectorDefaults);
