import { expect, test } from 'vitest';
import { validComponentReference as rule } from '../../../lib/lint/rules/valid-component-reference.ts';
import {
  agentValues,
  configuration,
  pipelinesWith,
  rendered,
  soundConnectors,
  soundExporters,
} from './support/configured.ts';
import { report } from './support/lint-text.ts';

test.each([
  [
    'a processor that is not configured',
    rendered({ pipelines: pipelinesWith('memory_limiter, k8sattribute, batch') }),
    {
      at: 'app.yaml:33:67',
      message:
        'pipeline traces of DaemonSet agent names processor k8sattribute, which is not configured: the collector does not start',
      suggestion: 'write: k8sattributes',
    },
  ],
  [
    'an exporter among the processors',
    rendered({ pipelines: pipelinesWith('memory_limiter', 'spanmetrics, batch') }),
    {
      message:
        'pipeline traces of DaemonSet agent names exporter batch, which is configured among the processors: the collector does not start',
    },
  ],
  [
    'a pipeline without exporters',
    rendered({ pipelines: `${pipelinesWith('memory_limiter')}\nlogs: { receivers: [otlp], exporters: [] }` }),
    { message: 'pipeline logs of DaemonSet agent has no exporters: the collector does not start' },
  ],
  [
    'an extension that is not configured',
    rendered({ service: 'extensions: [health_check, file_storage]' }),
    { suggestion: 'configure extensions.file_storage, or remove file_storage' },
  ],
  [
    'an extension of the chart that values take away',
    agentValues('config: { extensions: { health_check: null } }'),
    {
      message:
        'the service of the agent of app.yaml names extension health_check, which is not configured: the collector does not start',
    },
  ],
  [
    'a file that may be one of several, as a note',
    configuration({ pipelines: pipelinesWith('memory_limiter, k8sattribute, batch') }),
    {
      message:
        'pipeline traces of the collector of app.yaml names processor k8sattribute, which is not configured: the collector does not start',
      cannotTell: true,
    },
  ],
  [
    'a queue whose storage does not run',
    rendered({ exporters: soundExporters.replace('a,', 'a, sending_queue: { storage: file_storage },') }),
    {
      message:
        'coralogix of DaemonSet agent needs extension file_storage, which is not configured: the collector does not start',
    },
  ],
  [
    'a storage that the service does not name',
    rendered({
      extensions: 'health_check: {}\nfile_storage: {}',
      exporters: soundExporters.replace('a,', 'a, sending_queue: { storage: file_storage },'),
    }),
    { suggestion: 'add file_storage to service.extensions' },
  ],
  [
    'a connector that leads nowhere',
    rendered({
      connectors: `${soundConnectors}\nforward: {}`,
      pipelines: pipelinesWith('memory_limiter', 'spanmetrics, forward, coralogix'),
    }),
    {
      message:
        'no pipeline receives forward of DaemonSet agent, which is used at the other end: the collector does not start',
    },
  ],
  [
    'connectors in a circle',
    rendered({
      connectors: `${soundConnectors}\nforward: {}`,
      pipelines: pipelinesWith('memory_limiter', 'spanmetrics, forward, coralogix').replace(
        '[otlp]',
        '[otlp, forward]',
      ),
    }),
    { message: 'forward leads pipeline traces of DaemonSet agent back to itself: the collector does not start' },
  ],
  [
    'a preset whose processor others name',
    agentValues('presets: { batch: { enabled: false } }'),
    {
      message:
        'pipelines metrics/compact, metrics/db_compact and 3 others of the agent of app.yaml name processor batch, which is not configured: the collector does not start',
      suggestion: 'write below its presets: batch: { enabled: true }',
    },
  ],
])('reports %s', (_, text, finding) => {
  expect(report(rule, text)).toMatchObject([finding]);
});

test.each([
  ['what is right', rendered()],
  [
    'the storage of a queue',
    rendered({
      extensions: 'health_check: {}\nfile_storage: {}',
      service: 'extensions: [health_check, file_storage]',
      exporters: soundExporters.replace('a,', 'a, sending_queue: { storage: file_storage },'),
    }),
  ],
  ['the configuration of the chart', agentValues('mode: daemonset')],
])('does not report %s', (_, text) => {
  expect(report(rule, text)).toEqual([]);
});
