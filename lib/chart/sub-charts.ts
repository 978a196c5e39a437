import { type Mapping, mappingAt } from '../yaml/value.ts';
import { umbrellaDefaults } from './defaults/umbrella.ts';
import { subChart } from './names.ts';
import { collectorAliases } from './schema/umbrella.ts';

/** What a collector is for, by the sub-chart that makes it. */
export type Role = 'agent' | 'cluster-collector' | 'gateway' | 'other';

/** One use of the chart `opentelemetry-collector`. */
export interface SubChart {
  /** The chart's name there, which is also the key of its values. */
  readonly alias: string;
  /** For messages. */
  readonly title: string;
  /** Undefined where it shows in what it is configured to do. */
  readonly role: Role | undefined;
  readonly enabledByDefault: boolean;
  /** What `otel-integration` has for it. */
  readonly defaults: Mapping;
}

/** The plain chart, installed on its own. */
export const plainChart: SubChart = {
  alias: 'opentelemetry-collector',
  title: 'collector',
  role: undefined,
  enabledByDefault: true,
  defaults: {},
};

const roles: ReadonlyMap<string, Role> = new Map([
  [subChart.agent, 'agent'],
  ['opentelemetry-agent-windows', 'agent'],
  [subChart.clusterCollector, 'cluster-collector'],
  [subChart.gateway, 'gateway'],
]);

/** The collectors that `otel-integration` may install, in its order. */
export const subCharts: readonly SubChart[] = collectorAliases.map((alias) => {
  const defaults = mappingAt(umbrellaDefaults, alias);
  return {
    alias,
    title: alias.replace('opentelemetry-', '').replaceAll('-', ' '),
    role: roles.get(alias) ?? 'other',
    enabledByDefault: defaults['enabled'] === true,
    defaults,
  };
});
