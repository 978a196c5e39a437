import { collectorService, subChart } from '../../../chart/names.ts';
import { hasBatch } from '../../../chart/notes.ts';
import { listAt, textAt } from '../../../yaml/value.ts';
import type { InstalledCollector } from './integration-values.ts';

/** Something that `loadBalancing` needs and does not have. */
export interface MissingCompanion {
  /** As what comes behind `loadBalancing lacks`. */
  readonly title: string;
  /** Key and value to write, from the top of the values. */
  readonly write: string;
  /** Whether some values have it: others than those with `loadBalancing` may be given to helm too. */
  readonly isIn: (values: unknown) => boolean;
}

/** @param gateway of the same values */
export function missingCompanions(
  balancing: InstalledCollector,
  gateway: InstalledCollector | undefined,
): MissingCompanion[] {
  const { alias, values } = balancing;
  const hostname = values.text('presets', 'loadBalancing', 'hostname');
  const isByName = !['k8s', 'awsCloudMap'].some((resolver) =>
    values.has('presets', 'loadBalancing', resolver, 'enabled'),
  );
  const leadsToGateway = isByName && (hostname === undefined || hostname.startsWith(collectorService.gateway));
  const preset = (name: string) => [alias, 'presets', name];
  return [
    ...(leadsToGateway && gateway === undefined ? [gatewayItself] : []),
    ...(leadsToGateway && (gateway === undefined || lacksPolicies(gateway)) ? [samplingPolicies] : []),
    ...(isByName && hostname === undefined
      ? [missing('a hostname', [...preset('loadBalancing'), 'hostname'], collectorService.gateway)]
      : []),
    ...(hasBatch(balancing.values) ? [] : [missing('the processor batch', [...preset('batch'), 'enabled'], 'true')]),
    ...(exportsTwice(balancing) ? [exporterWithoutTraces(preset('coralogixExporter'))] : []),
  ];
}

/** Whether a gateway samples, and by nothing. */
export function lacksPolicies({ collector }: InstalledCollector): boolean {
  const samples = collector.pipelines.all.some(({ processors }) => processors.includes('tail_sampling'));
  return samples && listAt(collector.config, ...policiesPath).length === 0;
}

const policiesPath = ['processors', 'tail_sampling', 'policies'];

const missing = (title: string, path: readonly string[], value: string): MissingCompanion => ({
  title,
  write: `${path.join('.')}: ${value}`,
  isIn: (values) => (textAt(values, ...path) ?? '') !== '' && textAt(values, ...path) !== 'false',
});

const gatewayItself = missing('the gateway', [subChart.gateway, 'enabled'], 'true');

export const samplingPolicies: MissingCompanion = {
  title: 'sampling policies of the gateway',
  write: `${[subChart.gateway, 'config', ...policiesPath].join('.')}: [{ name: keep-all, type: always_sample }]`,
  isIn: (values) => listAt(values, subChart.gateway, 'config', ...policiesPath).length > 0,
};

const exporterWithoutTraces = (preset: readonly string[]): MissingCompanion => ({
  title: 'a coralogixExporter without traces, so that every trace is exported twice',
  write: `${preset.join('.')}.pipelines: [metrics, logs]`,
  isIn: (values) => {
    const named = listAt(values, ...preset, 'pipelines');
    return named.length > 0 && !named.includes('all') && !named.includes('traces');
  },
});

const exportsTwice = ({ collector }: InstalledCollector): boolean =>
  collector.pipelines
    .with('exporters', 'coralogix')
    .some(({ signal, exporters }) => signal === 'traces' && exporters.includes('loadbalancing'));
