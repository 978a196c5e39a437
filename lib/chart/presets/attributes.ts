import { type Mapping, textAt } from '../../yaml/value.ts';
import type { ChartValues } from '../chart-values.ts';
import type { Preset } from './preset.ts';
import { components, signals, signalsOf } from './preset.ts';

const always = ['namespace', 'deployment', 'statefulset', 'daemonset', 'cronjob', 'job', 'node', 'pod'].map(
  (kind) => `k8s.${kind}.name`,
);

const byAttribute = (name: string) => ({ sources: [{ from: 'resource_attribute', name }] });

/** Names of pod, namespace, workload and node, on everything that passes. */
const kubernetesAttributes: Preset = {
  key: 'kubernetesAttributes',
  apply(draft, values) {
    const has = (name: string) => values.has('presets', 'kubernetesAttributes', name, 'enabled');
    const isOfNode = values.mode === 'daemonset' || has('nodeFilter');
    draft.component('processors', 'k8sattributes', {
      ...(isOfNode ? { filter: { node_from_env_var: 'K8S_NODE_NAME' } } : {}),
      passthrough: false,
      pod_association: [
        byAttribute('k8s.pod.ip'),
        byAttribute('k8s.pod.uid'),
        { sources: [{ from: 'connection' }] },
        byAttribute('k8s.job.name'),
      ],
      extract: {
        deployment_name_from_replicaset: true,
        metadata: [
          ...always,
          ...(has('podUid') ? ['k8s.pod.uid'] : []),
          ...(has('podStartTime') ? ['k8s.pod.start_time'] : []),
        ],
      },
    });
    for (const signal of ['logs', 'metrics', 'traces']) {
      draft.prepend(signal, 'processors', 'k8sattributes');
    }
  },
};

/** The cluster's name, and by what the data came. */
const metadata: Preset = {
  key: 'metadata',
  texts: (values) => ({
    quoted: [values.at('presets', 'metadata', 'clusterName'), values.at('presets', 'metadata', 'integrationName')],
  }),
  apply(draft, values) {
    const attributes = [
      ['k8s.cluster.name', values.text('presets', 'metadata', 'clusterName')],
      ['cx.otel_integration.name', values.text('presets', 'metadata', 'integrationName')],
    ] as const;
    draft.component('processors', 'resource/metadata', {
      attributes: attributes.flatMap(([key, value]) => (value === undefined ? [] : [{ key, value, action: 'upsert' }])),
    });
    for (const signal of signals) {
      // Of these alone the template expects that they may have no processors.
      if (signal === 'profiles') {
        draft.start(signal, 'processors');
      }
      draft.prepend(signal, 'processors', 'resource/metadata');
    }
  },
};

const reduceResourceAttributes: Preset = {
  key: 'reduceResourceAttributes',
  apply(draft, values) {
    draft.component('processors', 'transform/reduce', {
      error_mode: 'silent',
      ...reduction(values, 'metrics', 'metric'),
      ...reduction(values, 'traces', 'span'),
    });
    for (const signal of signalsOf(values, 'reduceResourceAttributes')) {
      draft.append(signal, 'processors', 'transform/reduce');
    }
  },
};

/** What the list in the values deletes; with a provider the chart deletes a list of its own instead. */
function reduction(values: ChartValues, signal: 'metrics' | 'traces', context: string): Mapping {
  const isOn = signalsOf(values, 'reduceResourceAttributes').includes(signal);
  const list = values.list('presets', 'reduceResourceAttributes', 'denylist', signal);
  if (!isOn || list.length === 0 || values.provider('reduceResourceAttributes') !== '') {
    return {};
  }
  const statements = list.flatMap((entry): string[] => {
    const key = textAt(entry, 'key') ?? textAt(entry);
    const condition = textAt(entry, 'condition') ?? '';
    return key === undefined
      ? []
      : [`delete_key(resource.attributes, ${JSON.stringify(key)})${condition === '' ? '' : ` where ${condition}`}`];
  });
  return { [signal === 'traces' ? 'trace_statements' : 'metric_statements']: [{ context, statements }] };
}

const ecsAttributes: Preset = {
  key: 'ecsAttributesContainerLogs',
  apply(draft, values) {
    components(draft, 'processors', 'ecsattributes/container-logs');
    for (const signal of ['logs', 'traces', 'profiles']) {
      draft.prepend(signal, 'processors', 'ecsattributes/container-logs');
    }
    if (
      values.has('presets', 'ecsAttributesContainerLogs', 'profilesServiceName', 'enabled') &&
      draft.has('profiles')
    ) {
      components(draft, 'processors', 'transform/profiles-ecs-service-name');
      draft.append('profiles', 'processors', 'transform/profiles-ecs-service-name');
    }
  },
};

export const attributePresets = { kubernetesAttributes, metadata, reduceResourceAttributes, ecsAttributes };
