import { expect, test } from 'vitest';
import { requireExportQueue as rule } from '../../../lib/lint/rules/require-export-queue.ts';
import { agentValues, rendered, soundExporters } from './support/configured.ts';
import { report } from './support/lint-text.ts';

test.each([
  [
    'no queue',
    rendered({ exporters: soundExporters.replace('a,', 'a, sending_queue: { enabled: false },') }),
    {
      message: 'coralogix of DaemonSet agent has no sending_queue: what cannot be sent at once is lost or refused',
      suggestion: 'write: enabled: true',
    },
  ],
  [
    'no retries',
    rendered({ exporters: soundExporters.replace('a,', 'a, retry_on_failure: { enabled: false },') }),
    { message: 'coralogix of DaemonSet agent does not retry: every failed request is lost' },
  ],
  [
    'a queue of few requests',
    rendered({ exporters: soundExporters.replace('a,', 'a, sending_queue: { queue_size: 10 },') }),
    { suggestion: 'write: queue_size: 1000' },
  ],
  [
    'retries without end',
    rendered({ exporters: soundExporters.replace('a,', 'a, retry_on_failure: { max_elapsed_time: 0s },') }),
    { suggestion: 'write: max_elapsed_time: 5m' },
  ],
  [
    'no queue in values',
    agentValues('config: { exporters: { coralogix: { sending_queue: { enabled: false } } } }'),
    {
      at: 'app.yaml:5:65',
      message:
        'coralogix of the agent of app.yaml has no sending_queue: what cannot be sent at once is lost or refused',
    },
  ],
])('reports %s', (_, text, finding) => {
  expect(report(rule, text)).toMatchObject([finding]);
});

test.each([
  ['the defaults', rendered()],
  [
    'a queue of bytes',
    rendered({ exporters: soundExporters.replace('a,', 'a, sending_queue: { sizer: items, queue_size: 50 },') }),
  ],
  [
    'an exporter that no pipeline uses',
    rendered({ exporters: `${soundExporters}\notlp: { endpoint: a:4317, retry_on_failure: { enabled: false } }` }),
  ],
  ['the exporter of the chart', agentValues('mode: daemonset')],
])('does not report %s', (_, text) => {
  expect(report(rule, text)).toEqual([]);
});
