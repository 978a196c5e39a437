import { textAt } from '../../yaml/value.ts';
import { otlpPort } from '../names.ts';
import { endpoint } from './endpoint.ts';
import { type Preset, type Signal, signals } from './preset.ts';

/** A preset that adds one receiver to one pipeline, with settings that nothing here asks for. */
const receiver = (key: string, id: string, signal: Signal, ...processors: readonly string[]): Preset => ({
  key,
  apply(draft) {
    draft.component('receivers', id);
    draft.append(signal, 'receivers', id);
    for (const processor of processors) {
      draft.component('processors', processor);
      draft.append(signal, 'processors', processor);
    }
  },
});

export const ecsLogsCollection = receiver('ecsLogsCollection', 'filelog', 'logs');
export const macosSystemLogs = receiver('macosSystemLogs', 'filelog/macos-system-log', 'logs');
export const hostMetrics = receiver('hostMetrics', 'hostmetrics', 'metrics');
export const prometheusMulti = receiver('prometheusMulti', 'prometheus/multi', 'metrics');
export const annotationDiscovery = receiver('prometheusAnnotationDiscovery', 'receiver_creator', 'metrics');
export const jaegerReceiver = receiver('jaegerReceiver', 'jaeger', 'traces');
export const zipkinReceiver = receiver('zipkinReceiver', 'zipkin', 'traces');
export const ecsMetrics = receiver('awsecscontainermetricsdReceiver', 'awsecscontainermetricsd', 'metrics');
export const iisReceiver = receiver('iisReceiver', 'iis', 'metrics');
export const iisLogs = receiver('iisLogs', 'filelog/iis', 'logs', 'transform/iis');
export const systemdReceiver = receiver('systemdReceiver', 'systemd', 'metrics');
export const statsdReceiver = receiver('statsdReceiver', 'statsd', 'metrics');

export const mysql: Preset = {
  ...receiver('mysql', 'receiver_creator/mysql', 'metrics'),
  isOn: (values) => values.has('presets', 'mysql', 'metrics', 'enabled'),
};

/** Not a preset of the chart, but a part of it that adds a receiver all the same. */
export const targetAllocator: Preset = {
  ...receiver('targetAllocator', 'prometheus', 'metrics'),
  isOn: (values) => values.has('targetAllocator', 'enabled'),
};

export const filelogMulti: Preset = {
  key: 'filelogMulti',
  apply(draft, values) {
    for (const entry of values.list('presets', 'filelogMulti', 'receivers')) {
      draft.component('receivers', `filelog/${textAt(entry, 'name')}`);
      draft.append('logs', 'receivers', `filelog/${textAt(entry, 'name')}`);
    }
  },
};

export const windowsEventLog: Preset = {
  key: 'windowsEventLog',
  apply(draft, values) {
    for (const channel of values.texts('presets', 'windowsEventLog', 'channels')) {
      draft.component('receivers', `windowseventlog/${channel.toLowerCase()}`, { channel });
      draft.append('logs', 'receivers', `windowseventlog/${channel.toLowerCase()}`);
    }
  },
};

export const otlpReceiver: Preset = {
  key: 'otlpReceiver',
  apply(draft, values) {
    const grpc = {
      endpoint: endpoint(values, 'MY_POD_IP', otlpPort.grpc),
      max_recv_msg_size_mib: values.at('presets', 'otlpReceiver', 'maxRecvMsgSizeMiB'),
    };
    const http = { endpoint: endpoint(values, 'MY_POD_IP', otlpPort.http) };
    draft.component('receivers', 'otlp', { protocols: { grpc, http } });
    for (const signal of signals) {
      draft.append(signal, 'receivers', 'otlp');
    }
  },
};
