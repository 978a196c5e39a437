import type { Preset } from './preset.ts';

export const logsCollection: Preset = {
  key: 'logsCollection',
  apply(draft, values) {
    draft.component('receivers', 'filelog');
    draft.append('logs', 'receivers', 'filelog');
    const isSupervised =
      values.preset('fleetManagement') && values.has('presets', 'fleetManagement', 'supervisor', 'enabled');
    if (values.has('presets', 'logsCollection', 'includeCollectorLogs') && isSupervised) {
      draft.component('processors', 'transform/unwrap_supervisor_collector_logs');
      draft.append('logs', 'processors', 'transform/unwrap_supervisor_collector_logs');
    }
    if (values.has('presets', 'logsCollection', 'reduceLogAttributes', 'enabled')) {
      draft.component('processors', 'transform/reduce_log_attributes');
      draft.append('logs', 'processors', 'transform/reduce_log_attributes');
    }
  },
};

export const journaldReceiver: Preset = {
  key: 'journaldReceiver',
  apply(draft, values) {
    draft.component('receivers', 'journald');
    draft.append('logs', 'receivers', 'journald');
    if (values.has('presets', 'journaldReceiver', 'dynamicSubsystemName')) {
      draft.component('processors', 'transform/journald');
      draft.append('logs', 'processors', 'transform/journald');
    }
  },
};

export const kubernetesEvents: Preset = {
  key: 'kubernetesEvents',
  apply(draft) {
    draft.component('receivers', 'k8sobjects');
    draft.component('processors', 'resource/kube-events');
    draft.component('processors', 'transform/kube-events');
    draft.append('logs', 'receivers', 'k8sobjects');
    draft.prepend('logs', 'processors', 'resource/kube-events');
    draft.append('logs', 'processors', 'transform/kube-events');
  },
};
