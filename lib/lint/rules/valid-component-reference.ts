import { startFaultsBy } from '../../model/start/start-faults.ts';
import type { Rule } from '../rule.ts';

export const validComponentReference: Rule = {
  id: 'valid-component-reference',
  severity: 'error',
  documentation: {
    summary:
      'Reports pipelines and extensions that the collector refuses: what they name is not there, or leads in a circle.',
    why: 'A pipeline names its receivers, processors and exporters, the service its extensions, and an exporter the extension that stores its queue. A name that is configured nowhere, a pipeline without receivers or exporters, and connectors that lead back to themselves stop the collector at its start.',
    remediation: 'Configure what is named, or take the name out of the list.',
    example: `extensions:
  file_storage: { directory: /var/lib/otelcol }
exporters:
  coralogix:
    sending_queue: { storage: file_storage }
service:
  extensions: [file_storage]`,
    see: ['https://opentelemetry.io/docs/collector/configuration/#pipelines'],
  },
  check: (model) => startFaultsBy(model, 'wrong-reference'),
};
