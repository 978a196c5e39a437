import { expect, test } from 'vitest';
import { validConfigVariable as rule } from '../../../lib/lint/rules/valid-config-variable.ts';
import { agentValues, rendered, soundProcessors } from './support/configured.ts';
import { report } from './support/lint-text.ts';

test.each([
  [
    'a variable without braces',
    rendered({
      exporters: 'coralogix: { domain: $CX_DOMAIN, private_key: "${env:KEY}", application_name: a, subsystem_name: b }',
    }),
    {
      at: 'app.yaml:27:28',
      message:
        'domain of exporters.coralogix of DaemonSet agent is "$CX_DOMAIN", and a collector does not replace $CX_DOMAIN',
      suggestion: 'write: ${env:CX_DOMAIN}',
    },
  ],
  [
    'a variable as the kubelet writes it',
    rendered({ receivers: 'otlp: { protocols: { grpc: { endpoint: "$(MY_POD_IP):4317" } } }' }),
    { suggestion: 'write: ${env:MY_POD_IP}' },
  ],
  [
    'a variable in values',
    agentValues('config: { exporters: { otlp: { endpoint: "$GATEWAY_HOST:4317" } } }'),
    { suggestion: 'write: ${env:GATEWAY_HOST}' },
  ],
])('reports %s', (_, text, finding) => {
  expect(report(rule, text)).toMatchObject([finding]);
});

test.each([
  ['braces', rendered()],
  [
    'a dollar that is meant',
    rendered({ exporters: 'coralogix: { domain: a, private_key: "$$NAME", application_name: a }' }),
  ],
  [
    'a group of a pattern',
    rendered({
      processors: `${soundProcessors}\ntransform: { trace_statements: ['replace_pattern(span.name, "a", "$ONE")'] }`,
    }),
  ],
  ['the configuration of the chart', agentValues('mode: daemonset')],
])('does not report %s', (_, text) => {
  expect(report(rule, text)).toEqual([]);
});
