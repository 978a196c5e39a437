import { expect, test } from 'vitest';
import { noRemovedComponent as rule } from '../../../lib/lint/rules/no-removed-component.ts';
import { agentValues, configuration, rendered, soundExporters, soundProcessors } from './support/configured.ts';
import { report } from './support/lint-text.ts';

test.each([
  [
    'the exporter logging',
    rendered({ exporters: `${soundExporters}\nlogging: {}` }),
    {
      message: 'exporter logging of DaemonSet agent is gone since 0.111: the collector does not start',
      suggestion: 'write instead: the exporter debug',
    },
  ],
  [
    'span metrics as a processor',
    rendered({ processors: `${soundProcessors}\nspanmetrics: { metrics_exporter: coralogix }` }),
    { suggestion: 'write instead: the connector spanmetrics' },
  ],
  [
    'an exporter of values',
    agentValues('config: { exporters: { logging: {} } }'),
    {
      at: 'app.yaml:5:26',
      message: 'exporter logging of the agent of app.yaml is gone since 0.111: the collector does not start',
    },
  ],
  [
    'a configuration whose collector is not known, as a note',
    configuration({ exporters: `${soundExporters}\nlogging: {}` }),
    { cannotTell: true },
  ],
])('reports %s', (_, text, finding) => {
  expect(report(rule, text)).toMatchObject([finding]);
});

test.each([
  ['a version that has it', rendered({ exporters: `${soundExporters}\nlogging: {}` }).replace(':0.155.0', ':0.100.0')],
  ['the exporter debug', rendered({ exporters: `${soundExporters}\ndebug: {}` })],
  ['the components of the chart', agentValues('mode: daemonset')],
])('does not report %s', (_, text) => {
  expect(report(rule, text)).toEqual([]);
});
