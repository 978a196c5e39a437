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

export const macosSystemLogs = receiver('macosSystemLogs', 'filelog/macos-system-log', 'logs');
export const jaegerReceiver = receiver('jaegerReceiver', 'jaeger', 'traces');
export const zipkinReceiver = receiver('zipkinReceiver', 'zipkin', 'traces');
export const ecsMetrics = receiver('awsecscontainermetricsdReceiver', 'awsecscontainermetricsd', 'metrics');
export const iisReceiver = receiver('iisReceiver', 'iis', 'metrics');
export const systemdReceiver = receiver('systemdReceiver', 'systemd', 'metrics');
export const statsdReceiver = receiver('statsdReceiver', 'statsd', 'metrics');

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
