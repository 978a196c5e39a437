import { valueAt } from '../../yaml/value.ts';
import { isTrue, printed } from '../template.ts';
import { components, type Preset } from './preset.ts';

/** Whether a supervisor runs the collector. */
const isSupervised = (values: Parameters<Preset['apply']>[1]): boolean =>
  values.preset('fleetManagement') && values.has('presets', 'fleetManagement', 'supervisor', 'enabled');

const logsCollection: Preset = {
  key: 'logsCollection',
  apply(draft, values) {
    const has = (...path: readonly string[]) => values.has('presets', 'logsCollection', ...path);
    const unwraps = has('includeCollectorLogs') && isSupervised(values);
    draft.component('receivers', 'filelog');
    if (unwraps) {
      draft.component('processors', 'transform/unwrap_supervisor_collector_logs');
    }
    draft.mustAppend('logs', 'receivers', 'filelog');
    if (unwraps) {
      draft.append('logs', 'processors', 'transform/unwrap_supervisor_collector_logs');
    }
    if (has('storeCheckpoints')) {
      draft.component('extensions', 'file_storage');
      draft.extension('file_storage', false);
    }
    if (has('reduceLogAttributes', 'enabled')) {
      draft.component('processors', 'transform/reduce_log_attributes');
      draft.mustAppend('logs', 'processors', 'transform/reduce_log_attributes');
    }
  },
};

const ecsLogsCollection: Preset = {
  key: 'ecsLogsCollection',
  apply(draft) {
    draft.component('receivers', 'filelog');
    draft.mustAppend('logs', 'receivers', 'filelog');
  },
};

const filelogMulti: Preset = {
  key: 'filelogMulti',
  apply(draft, values) {
    for (const entry of values.list('presets', 'filelogMulti', 'receivers')) {
      const id = `filelog/${printed(valueAt(entry, 'name'))}`;
      draft.component('receivers', id);
      draft.append('logs', 'receivers', id);
    }
  },
};

const journaldReceiver: Preset = {
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

const windowsEventLog: Preset = {
  key: 'windowsEventLog',
  apply(draft, values) {
    const named = values.texts('presets', 'windowsEventLog', 'channels');
    for (const channel of named.length > 0 ? named : ['System', 'Application', 'Security']) {
      draft.component('receivers', `windowseventlog/${channel.toLowerCase()}`, { channel });
      draft.append('logs', 'receivers', `windowseventlog/${channel.toLowerCase()}`);
    }
  },
};

const iisLogs: Preset = {
  key: 'iisLogs',
  apply(draft, values) {
    draft.component('receivers', 'filelog/iis');
    draft.component('processors', 'transform/iis');
    draft.append('logs', 'receivers', 'filelog/iis');
    draft.append('logs', 'processors', 'transform/iis');
    if (values.has('presets', 'iisLogs', 'storeCheckpoints')) {
      draft.component('extensions', 'file_storage');
      if (isTrue(valueAt(draft.settings, 'service', 'extensions'))) {
        draft.extension('file_storage', true);
      } else {
        draft.above({ service: { extensions: ['file_storage'] } });
      }
    }
  },
};

const kubernetesEvents: Preset = {
  key: 'kubernetesEvents',
  apply(draft) {
    draft.component('receivers', 'k8sobjects');
    components(draft, 'processors', 'resource/kube-events', 'transform/kube-events');
    draft.mustAppend('logs', 'receivers', 'k8sobjects');
    draft.prepend('logs', 'processors', 'resource/kube-events');
    draft.append('logs', 'processors', 'transform/kube-events');
  },
};

export const logPresets = {
  logsCollection,
  ecsLogsCollection,
  filelogMulti,
  journaldReceiver,
  windowsEventLog,
  iisLogs,
  kubernetesEvents,
};
