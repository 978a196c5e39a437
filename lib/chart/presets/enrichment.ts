import { type Preset, signals, signalsOf } from './preset.ts';

/** The cluster's name, and by what the data came. */
export const metadata: Preset = {
  key: 'metadata',
  apply(draft, values) {
    const attributes = [
      ['k8s.cluster.name', values.text('presets', 'metadata', 'clusterName')],
      ['cx.otel_integration.name', values.text('presets', 'metadata', 'integrationName')],
    ] as const;
    draft.component('processors', 'resource/metadata', {
      attributes: attributes.flatMap(([key, value]) => (value === undefined ? [] : [{ key, value, action: 'upsert' }])),
    });
    for (const signal of signals) {
      draft.prepend(signal, 'processors', 'resource/metadata');
    }
  },
};

export const reduceResourceAttributes: Preset = {
  key: 'reduceResourceAttributes',
  apply(draft, values) {
    draft.component('processors', 'transform/reduce');
    for (const signal of signalsOf(values, 'reduceResourceAttributes')) {
      draft.append(signal, 'processors', 'transform/reduce');
    }
  },
};

/** Old names of attributes beside the new ones. */
export const semconv: Preset = {
  key: 'semconv',
  apply(draft) {
    draft.component('processors', 'transform/semconv');
    draft.append('traces', 'processors', 'transform/semconv');
  },
};

/** Gathers a trace's spans to find the transaction that each belongs to. */
export const transactions: Preset = {
  key: 'transactions',
  apply(draft, values) {
    const wait = values.at('presets', 'transactions', 'waitDuration');
    draft.component('processors', 'groupbytrace/transactions', { wait_duration: wait });
    draft.component('processors', 'coralogix', { transactions: { enabled: true } });
    draft.append('traces', 'processors', 'groupbytrace/transactions', 'coralogix');
  },
};

export const ecsAttributes: Preset = {
  key: 'ecsAttributesContainerLogs',
  apply(draft, values) {
    draft.component('processors', 'ecsattributes/container-logs');
    for (const signal of ['logs', 'traces', 'profiles']) {
      draft.prepend(signal, 'processors', 'ecsattributes/container-logs');
    }
    if (values.has('presets', 'ecsAttributesContainerLogs', 'profilesServiceName', 'enabled')) {
      draft.component('processors', 'transform/profiles-ecs-service-name');
      draft.append('profiles', 'processors', 'transform/profiles-ecs-service-name');
    }
  },
};
