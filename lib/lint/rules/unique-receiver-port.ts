import { startFaultsBy } from '../../model/start/start-faults.ts';
import type { Rule } from '../rule.ts';

export const uniqueReceiverPort: Rule = {
  id: 'unique-receiver-port',
  severity: 'error',
  documentation: {
    summary: 'Reports two receivers or extensions of a collector that bind one port.',
    why: 'The second of them fails with “address already in use”, and the collector ends. Often it is a copy of the receiver `otlp` under another name, with the endpoint of the first.',
    remediation: 'Use one receiver in all pipelines, or give the other one a port of its own.',
    example: `service:
  pipelines:
    traces: { receivers: [otlp], exporters: [coralogix] }
    metrics: { receivers: [otlp], exporters: [coralogix] }`,
    see: ['https://opentelemetry.io/docs/collector/configuration/#receivers'],
  },
  check: (model) => startFaultsBy(model, 'used-port'),
};
