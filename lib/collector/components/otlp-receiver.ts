import { otlpPort } from '../../chart/names.ts';
import type { Receiver } from '../../pipeline/component.ts';

/** The pod's own address, from the environment of the collector's container. */
export const podIpVariable = '${env:MY_POD_IP}';

/** Spans, metrics and logs over OTLP, on the pod's own address: never on all of a node's interfaces. */
export const otlpReceiver = (): Receiver => ({
  kind: 'receiver',
  id: 'otlp',
  settings: {
    protocols: {
      grpc: { endpoint: `${podIpVariable}:${otlpPort.grpc}`, max_recv_msg_size_mib: 20 },
      http: { endpoint: `${podIpVariable}:${otlpPort.http}` },
    },
  },
});
