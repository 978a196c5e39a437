import { groupBy } from '../../group-by.ts';
import { collectorWorkload } from '../../model/spans/collector-container.ts';
import { listenerAt } from '../../model/spans/listener-at.ts';
import { spanExports } from '../../model/spans/span-export.ts';
import type { Rule } from '../rule.ts';
import { usersOf } from './support/value-source.ts';

export const requireReachableListener: Rule = {
  id: 'require-reachable-listener',
  severity: 'error',
  documentation: {
    summary: 'Reports a collector that listens on `localhost` while other pods send to it.',
    why: 'An OTLP receiver without `endpoint` binds `localhost`, since version 0.104 of the collector. The Service is there, its pods are ready, and every connection from outside the pod is refused.',
    remediation: 'Bind the address of the pod, or all addresses.',
    example: `receivers:
  otlp:
    protocols:
      grpc:
        endpoint: \${env:MY_POD_IP}:4317`,
    see: ['https://github.com/open-telemetry/opentelemetry-collector/tree/main/receiver/otlpreceiver'],
  },
  check(model) {
    const refused = spanExports(model).flatMap((found) => {
      const { answer, endpoint } = found;
      if (answer.kind !== 'collector' || endpoint.host.kind === 'loopback') {
        return [];
      }
      const listener = listenerAt(answer, endpoint.port);
      return listener !== undefined && /^(localhost|127\..*|\[?::1\]?)$/.test(listener.host)
        ? [{ ...found, listener, collector: answer.collector }]
        : [];
    });
    const same = groupBy(
      refused,
      ({ collector, listener }) => `${collector.namespace} ${collector.title} ${listener.port}`,
    );
    return [...same.values()].map((senders) => {
      const [{ collector, listener }] = senders;
      const { receiver, protocol, host, port } = listener;
      return {
        message: `${collector.title} listens on ${host}:${port}, which ${usersOf(senders)} cannot reach`,
        place: collector.place(['receivers', receiver, 'protocols', protocol, 'endpoint']),
        suggestion: `write: endpoint: 0.0.0.0:${port}`,
        manifest: collectorWorkload(model, collector)?.manifest,
      };
    });
  },
};
