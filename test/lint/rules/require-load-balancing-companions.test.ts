import { expect, test } from 'vitest';
import { requireLoadBalancingCompanions as rule } from '../../../lib/lint/rules/require-load-balancing-companions.ts';
import { chartValues } from './support/collectors.ts';
import { report } from './support/lint-text.ts';

const write = {
  gateway: 'opentelemetry-gateway.enabled: true',
  policies: 'opentelemetry-gateway.config.processors.tail_sampling.policies: [{ name: keep-all, type: always_sample }]',
  hostname: 'opentelemetry-agent.presets.loadBalancing.hostname: coralogix-opentelemetry-gateway',
  batch: 'opentelemetry-agent.presets.batch.enabled: true',
  pipelines: 'opentelemetry-agent.presets.coralogixExporter.pipelines: [metrics, logs]',
};

const agent = (balancing: string, more = '') => `opentelemetry-agent:
  presets:
    loadBalancing: { enabled: true${balancing} }
${more.replaceAll(/^(?=.)/gm, '    ')}`;
const hostname = ', hostname: coralogix-opentelemetry-gateway';
const withoutTraces = 'coralogixExporter: { pipelines: [metrics, logs] }\n';
const gateway = (config = '{ processors: { tail_sampling: { policies: [{ name: all, type: always_sample }] } } }') =>
  `opentelemetry-gateway:\n  enabled: true\n  config: ${config}\n`;

const complete = chartValues(agent(hostname, withoutTraces) + gateway());

test('names every companion that load balancing alone lacks', () => {
  expect(report(rule, chartValues(agent('')))).toEqual([
    {
      at: 'app.yaml:6:5',
      message:
        'loadBalancing of opentelemetry-agent lacks the gateway, sampling policies of the gateway, a hostname, a coralogixExporter without traces, so that every trace is exported twice',
      suggestion: `write ${write.gateway}, ${write.policies}, ${write.hostname}, ${write.pipelines}`,
    },
  ]);
});

test.each([
  [
    'the gateway',
    chartValues(agent(hostname, withoutTraces)),
    'the gateway, sampling policies of the gateway',
    `${write.gateway}, ${write.policies}`,
  ],
  [
    'a gateway that is off',
    complete.replace('enabled: true\n  config', 'enabled: false\n  config'),
    'the gateway, sampling policies of the gateway',
    `${write.gateway}, ${write.policies}`,
  ],
  [
    'policies',
    chartValues(agent(hostname, withoutTraces) + gateway('{}')),
    'sampling policies of the gateway',
    write.policies,
  ],
  ['a hostname', chartValues(agent('', withoutTraces) + gateway()), 'a hostname', write.hostname],
  [
    'batch',
    chartValues(agent(hostname, `${withoutTraces}batch: { enabled: false }\n`) + gateway()),
    'the processor batch',
    write.batch,
  ],
  [
    'another exporter',
    chartValues(agent(hostname) + gateway()),
    'a coralogixExporter without traces, so that every trace is exported twice',
    write.pipelines,
  ],
])('reports load balancing without %s', (_, text, lacks, suggestion) => {
  expect(report(rule, text)).toEqual([
    {
      at: 'app.yaml:6:5',
      message: `loadBalancing of opentelemetry-agent lacks ${lacks}`,
      suggestion: `write ${suggestion}`,
    },
  ]);
});

test('reports a gateway without policies where nothing balances', () => {
  const message = 'the gateway samples by no policy, and so keeps no trace or does not start';
  expect(report(rule, chartValues(gateway('{}')))).toEqual([
    { at: 'app.yaml:4:1', message, suggestion: `write ${write.policies}` },
  ]);
  expect(report(rule, chartValues(gateway('{ processors: { tail_sampling: { policies: [] } } }')))).toHaveLength(1);
});

test('reports a receiver that balances to no gateway', () => {
  const text = chartValues(`opentelemetry-receiver:
  enabled: true
  presets: { loadBalancing: { enabled: true${hostname} } }
`);
  expect(report(rule, text)).toMatchObject([
    { at: 'app.yaml:6:14', message: expect.stringContaining('opentelemetry-receiver lacks the gateway') },
  ]);
});

test.each([
  ['all of it', complete],
  ['a gateway elsewhere', chartValues(agent(', hostname: gateway.central.internal', withoutTraces))],
  [
    'a resolver of another kind',
    chartValues(agent(', k8s: { enabled: true, service: gateway.central }', withoutTraces)),
  ],
  [
    'traces left out otherwise',
    chartValues(agent(hostname, 'coralogixExporter: { pipeline: metrics, pipelines: null }\n') + gateway()),
  ],
  ['no exporter at all', chartValues(agent(hostname, 'coralogixExporter: { enabled: false }\n') + gateway())],
  [
    'head sampling, which takes the exporter away',
    chartValues(agent(hostname, 'headSampling: { enabled: true }\n') + gateway()),
  ],
  ['logs alone balanced', chartValues(agent(`${hostname}, pipelines: [logs]`) + gateway())],
  ['load balancing off', chartValues('opentelemetry-agent:\n  presets:\n    loadBalancing: { enabled: false }\n')],
  [
    'a gateway that does not sample',
    chartValues(gateway('{ service: { pipelines: { traces: { processors: [memory_limiter] } } } }')),
  ],
])('does not report %s', (_, text) => {
  expect(report(rule, text)).toEqual([]);
});

test('reports what another installation has, and does not report what a layer of the same one has', () => {
  const files = {
    'values.yaml': chartValues(`${gateway()}opentelemetry-agent:\n  presets:\n    ${withoutTraces}`),
    'values-sampling.yaml': agent(hostname),
  };
  expect(report(rule, files).map(({ at }) => at)).toEqual(['values-sampling.yaml:3:5']);
  expect(report(rule, files, { valuesFiles: Object.keys(files), areLayers: true })).toEqual([]);
});
