import { type Mapping, textAt } from '../../yaml/value.ts';
import type { ChartValues } from '../chart-values.ts';
import type { Draft } from '../draft.ts';
import { type AdditionalEndpoint, additionalEndpoints } from './additional-endpoints.ts';
import { type Preset, type Signal, signals, signalsOf } from './preset.ts';

export const coralogixExporter: Preset = {
  key: 'coralogixExporter',
  apply(draft, values) {
    const preset = values.mapping('presets', 'coralogixExporter');
    const domain = values.text('presets', 'coralogixExporter', 'domain') ?? globalText(values, 'domain');
    const endpoints = [
      { id: 'coralogix', domain, privateKey: textAt(preset, 'privateKey') },
      ...additionalEndpoints(values, 'preset').map((entry) => ({ ...entry, id: `coralogix/${entry.name}` })),
    ];
    for (const entry of endpoints) {
      draft.component('exporters', entry.id, exporter(values, entry));
    }
    send(draft, exportedSignals(values, 'coralogixExporter'), endpoints.map(({ id }) => id).sort());
  },
};

const exporter = (values: ChartValues, { domain, privateKey }: Omit<AdditionalEndpoint, 'name'>): Mapping => ({
  domain,
  private_key: privateKey,
  application_name:
    values.text('presets', 'coralogixExporter', 'defaultApplicationName') ??
    globalText(values, 'defaultApplicationName'),
  subsystem_name:
    values.text('presets', 'coralogixExporter', 'defaultSubsystemName') ?? globalText(values, 'defaultSubsystemName'),
  ...(values.isKubernetes ? names(values) : {}),
});

/** Attributes that an application and a subsystem are named after: the first that is there. */
const names = ({ distribution }: ChartValues): Mapping => ({
  application_name_attributes: ['k8s.namespace.name', 'service.namespace'],
  subsystem_name_attributes: [
    'k8s.deployment.name',
    'k8s.statefulset.name',
    'k8s.daemonset.name',
    'k8s.cronjob.name',
    ...(distribution === 'eks/fargate' ? ['k8s.job.name', 'k8s.container.name', 'k8s.node.name'] : []),
    'service.name',
  ],
});

const globalText = ({ global }: ChartValues, key: string): string => {
  const value = global[key];
  return typeof value === 'string' ? value : '';
};

export const otlpExporter: Preset = {
  key: 'otlpExporter',
  apply(draft, values) {
    draft.component('exporters', 'otlp', {
      endpoint: values.at('presets', 'otlpExporter', 'endpoint'),
      ...(values.has('presets', 'otlpExporter', 'tls') ? { tls: values.at('presets', 'otlpExporter', 'tls') } : {}),
    });
    send(draft, exportedSignals(values, 'otlpExporter'), ['otlp']);
  },
};

/** Without a list, or with an empty one, everything is sent. */
function exportedSignals(values: ChartValues, key: string): readonly Signal[] {
  const single = values.text('presets', key, 'pipeline');
  if (values.list('presets', key, 'pipelines').length > 0) {
    return signalsOf(values, key);
  }
  return single === undefined || single === 'all' ? signals : signals.filter((signal) => signal === single);
}

function send(draft: Draft, sent: readonly string[], exporters: readonly string[]): void {
  for (const signal of sent) {
    draft.append(signal, 'exporters', ...exporters);
  }
}
