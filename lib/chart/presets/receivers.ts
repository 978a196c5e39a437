import { otlpPort } from '../names.ts';
import { endpoint, type Preset, type Signal, signals } from './preset.ts';

/** A preset that adds one receiver to one pipeline, with settings that nothing here asks for. */
const receiver = (key: string, id: string, signal: Signal): Preset => ({
  key,
  apply(draft) {
    draft.component('receivers', id);
    draft.append(signal, 'receivers', id);
  },
});

const macosSystemLogs = receiver('macosSystemLogs', 'filelog/macos-system-log', 'logs');
const jaegerReceiver = receiver('jaegerReceiver', 'jaeger', 'traces');
const zipkinReceiver = receiver('zipkinReceiver', 'zipkin', 'traces');
const ecsMetrics = receiver('awsecscontainermetricsdReceiver', 'awsecscontainermetricsd', 'metrics');
const iisReceiver = receiver('iisReceiver', 'iis', 'metrics');
const systemdReceiver = receiver('systemdReceiver', 'systemd', 'metrics');
const statsdReceiver = receiver('statsdReceiver', 'statsd', 'metrics');

const otlpReceiver: Preset = {
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

export const receiverPresets = {
  macosSystemLogs,
  jaegerReceiver,
  zipkinReceiver,
  ecsMetrics,
  iisReceiver,
  systemdReceiver,
  statsdReceiver,
  otlpReceiver,
};
