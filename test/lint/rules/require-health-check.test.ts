import { expect, test } from 'vitest';
import { requireHealthCheck as rule } from '../../../lib/lint/rules/require-health-check.ts';
import { agentValues, rendered } from './support/configured.ts';
import { report } from './support/lint-text.ts';

test.each([
  [
    'one that is not started',
    rendered({ service: 'extensions: []' }),
    {
      message:
        'health_check of DaemonSet agent is configured, and service.extensions does not name it: it does not run',
      suggestion: 'write below service: extensions: [health_check]',
    },
  ],
  [
    'probes that nothing answers',
    rendered(
      { extensions: 'zpages: {}', service: 'extensions: [zpages]' },
      { container: 'livenessProbe: { httpGet: { port: 13133 } }' },
    ),
    { message: 'the probes of DaemonSet agent ask port 13133, and its configuration has no health_check' },
  ],
  [
    'extensions of values that leave it out',
    agentValues('config: { service: { extensions: [zpages] } }'),
    {
      message:
        'health_check of the agent of app.yaml is configured, and service.extensions does not name it: it does not run',
    },
  ],
])('reports %s', (_, text, finding) => {
  expect(report(rule, text)).toMatchObject([finding]);
});

test.each([
  ['one that runs', rendered({}, { container: 'livenessProbe: { httpGet: { port: 13133 } }' })],
  ['neither probes nor a health check', rendered({ extensions: 'zpages: {}', service: 'extensions: [zpages]' })],
  ['the extensions of the chart', agentValues('mode: daemonset')],
])('does not report %s', (_, text) => {
  expect(report(rule, text)).toEqual([]);
});
