import { expect, test } from 'vitest';
import { validBatchSize as rule } from '../../../lib/lint/rules/valid-batch-size.ts';
import { agentValues, rendered, soundExporters, soundProcessors } from './support/configured.ts';
import { report } from './support/lint-text.ts';

test.each([
  [
    'a maximum below the size',
    rendered({
      processors: soundProcessors.replace('batch: {}', 'batch: { send_batch_size: 1024, send_batch_max_size: 512 }'),
    }),
    {
      at: 'app.yaml:13:60',
      message:
        'batch of DaemonSet agent has send_batch_max_size: 512, below send_batch_size: 1024: the collector does not start',
      suggestion: 'write: send_batch_max_size: 2048',
    },
  ],
  [
    'a maximum below the default size',
    rendered({ processors: soundProcessors.replace('batch: {}', 'batch: { send_batch_max_size: 512 }') }),
    {
      message:
        'batch of DaemonSet agent has send_batch_max_size: 512, below send_batch_size: 8192 (its default): the collector does not start',
    },
  ],
  [
    'sizes of the preset',
    agentValues('presets: { batch: { sendBatchSize: 4096, sendBatchMaxSize: 2048 } }'),
    {
      message:
        'batch of the agent of app.yaml has send_batch_max_size: 2048, below send_batch_size: 4096: the collector does not start',
    },
  ],
  [
    'the batches of a queue',
    rendered({
      exporters: soundExporters.replace('a,', 'a, sending_queue: { batch: { min_size: 100, max_size: 50 } },'),
    }),
    { suggestion: 'write: max_size: 200' },
  ],
])('reports %s', (_, text, finding) => {
  expect(report(rule, text)).toMatchObject([finding]);
});

test.each([
  ['what is right', rendered()],
  [
    'no maximum',
    rendered({
      processors: soundProcessors.replace('batch: {}', 'batch: { send_batch_size: 1024, send_batch_max_size: 0 }'),
    }),
  ],
  ['sizes of the chart', agentValues('mode: daemonset')],
])('does not report %s', (_, text) => {
  expect(report(rule, text)).toEqual([]);
});
