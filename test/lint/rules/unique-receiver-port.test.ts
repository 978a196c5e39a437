import { expect, test } from 'vitest';
import { uniqueReceiverPort as rule } from '../../../lib/lint/rules/unique-receiver-port.ts';
import { agentValues, pipelinesWith, rendered } from './support/configured.ts';
import { report } from './support/lint-text.ts';

test.each([
  [
    'two receivers on one port',
    rendered({
      receivers:
        'otlp: { protocols: { grpc: { endpoint: "0.0.0.0:4317" } } }\notlp/2: { protocols: { grpc: { endpoint: "${env:IP}:4317" } } }',
      pipelines: pipelinesWith('memory_limiter').replace('[otlp]', '[otlp, otlp/2]'),
    }),
    {
      at: 'app.yaml:10:48',
      message: 'otlp/2 (grpc) of DaemonSet agent binds port 4317, which otlp (grpc) has: the collector does not start',
    },
  ],
  [
    'a receiver on the port of an extension',
    rendered({ receivers: 'otlp: { protocols: { grpc: { endpoint: "0.0.0.0:13133" } } }' }),
    {
      message: 'health_check of DaemonSet agent binds port 13133, which otlp (grpc) has: the collector does not start',
    },
  ],
  [
    'a second receiver in values',
    agentValues(
      'config: { receivers: { otlp/2: { protocols: { grpc: { endpoint: "0.0.0.0:4317" } } } }, service: { pipelines: { traces: { receivers: [otlp/2] } } } }',
    ),
    {
      message:
        'otlp/2 (grpc) of the agent of app.yaml binds port 4317, which otlp (grpc) has: the collector does not start',
    },
  ],
])('reports %s', (_, text, finding) => {
  expect(report(rule, text)).toMatchObject([finding]);
});

test.each([
  ['one receiver', rendered()],
  [
    'two ports',
    rendered({
      receivers:
        'otlp: { protocols: { grpc: { endpoint: "0.0.0.0:4317" } } }\notlp/2: { protocols: { grpc: { endpoint: "0.0.0.0:5317" } } }',
      pipelines: pipelinesWith('memory_limiter').replace('[otlp]', '[otlp, otlp/2]'),
    }),
  ],
  [
    'two addresses',
    rendered({
      receivers:
        'otlp: { protocols: { grpc: { endpoint: "10.0.0.1:4317" } } }\notlp/2: { protocols: { grpc: { endpoint: "127.0.0.1:4317" } } }',
      pipelines: pipelinesWith('memory_limiter').replace('[otlp]', '[otlp, otlp/2]'),
    }),
  ],
  [
    'a receiver that no pipeline uses',
    rendered({
      receivers:
        'otlp: { protocols: { grpc: { endpoint: "0.0.0.0:4317" } } }\notlp/2: { protocols: { grpc: { endpoint: "0.0.0.0:4317" } } }',
    }),
  ],
  ['the receivers of the chart', agentValues('mode: daemonset')],
])('does not report %s', (_, text) => {
  expect(report(rule, text)).toEqual([]);
});
