import { expect, test } from 'vitest';
import { validOtlpIngress as rule } from '../../../lib/lint/rules/valid-otlp-ingress.ts';
import { agentValues, pipelinesWith, rendered, soundProcessors } from './support/configured.ts';
import { report } from './support/lint-text.ts';

test.each([
  [
    'the host of the pages',
    rendered({
      exporters:
        'otlp: { endpoint: "https://team.app.eu2.coralogix.com", headers: { Authorization: "Bearer ${env:KEY}" } }',
      processors: `${soundProcessors}\nresource/names: { attributes: [{ key: cx.application.name, value: a, action: upsert }, { key: cx.subsystem.name, value: b, action: upsert }] }`,
      pipelines: pipelinesWith('resource/names', 'spanmetrics, otlp').replace(
        'batch], exporters: [coralogix]',
        'resource/names], exporters: [otlp]',
      ),
    }),
    {
      message:
        'otlp of DaemonSet agent sends to team.app.eu2.coralogix.com, and data are taken at ingress.eu2.coralogix.com',
      suggestion: 'write: endpoint: ingress.eu2.coralogix.com:443',
    },
  ],
  [
    'no key',
    rendered({
      exporters: 'otlp: { endpoint: "ingress.eu2.coralogix.com:443" }',
      processors: `${soundProcessors}\nresource/names: { attributes: [{ key: cx.application.name, value: a, action: upsert }, { key: cx.subsystem.name, value: b, action: upsert }] }`,
      pipelines: pipelinesWith('resource/names', 'spanmetrics, otlp').replace(
        'batch], exporters: [coralogix]',
        'resource/names], exporters: [otlp]',
      ),
    }),
    { message: 'otlp of DaemonSet agent has no header Authorization: everything that it sends is refused' },
  ],
  [
    'neither application nor subsystem',
    rendered({
      exporters: 'otlp: { endpoint: "ingress.eu2.coralogix.com:443", headers: { Authorization: "Bearer ${env:KEY}" } }',
      processors: `${soundProcessors}\nresource/names: { attributes: [{ key: cx.application.name, value: a, action: upsert }, { key: cx.subsystem.name, value: b, action: upsert }] }`,
      pipelines: pipelinesWith('memory_limiter', 'spanmetrics, otlp').replace(
        'batch], exporters: [coralogix]',
        'resource/names], exporters: [otlp]',
      ),
    }),
    {
      message:
        'otlp of DaemonSet agent sends data without cx.application.name and cx.subsystem.name, by which application and subsystem are known',
    },
  ],
  [
    'an exporter of values',
    agentValues(
      'config: { exporters: { otlp: { endpoint: "ingress.eu2.coralogix.com:443", headers: { Authorization: a } } }, service: { pipelines: { traces: { exporters: [otlp] } } } }',
    ),
    {
      message:
        'otlp of the agent of app.yaml sends data without cx.application.name and cx.subsystem.name, by which application and subsystem are known',
    },
  ],
])('reports %s', (_, text, finding) => {
  expect(report(rule, text)).toMatchObject([finding]);
});

test.each([
  [
    'all of them',
    rendered({
      exporters: 'otlp: { endpoint: "ingress.eu2.coralogix.com:443", headers: { Authorization: "Bearer ${env:KEY}" } }',
      processors: `${soundProcessors}\nresource/names: { attributes: [{ key: cx.application.name, value: a, action: upsert }, { key: cx.subsystem.name, value: b, action: upsert }] }`,
      pipelines: pipelinesWith('resource/names', 'spanmetrics, otlp').replace(
        'batch], exporters: [coralogix]',
        'resource/names], exporters: [otlp]',
      ),
    }),
  ],
  [
    'the exporter of the preset',
    agentValues('presets: { otlpExporter: { enabled: true, endpoint: "ingress.eu2.coralogix.com:443" } }'),
  ],
  [
    'names in headers',
    rendered({
      exporters:
        'otlp: { endpoint: "ingress.eu2.coralogix.com:443", headers: { authorization: a, CX-Application-Name: a, CX-Subsystem-Name: b } }',
      processors: `${soundProcessors}\nresource/names: { attributes: [{ key: cx.application.name, value: a, action: upsert }, { key: cx.subsystem.name, value: b, action: upsert }] }`,
      pipelines: pipelinesWith('memory_limiter', 'spanmetrics, otlp').replace(
        'batch], exporters: [coralogix]',
        'resource/names], exporters: [otlp]',
      ),
    }),
  ],
  [
    'another back end',
    rendered({
      exporters: 'otlp: { endpoint: "tempo:4317" }',
      processors: `${soundProcessors}\nresource/names: { attributes: [{ key: cx.application.name, value: a, action: upsert }, { key: cx.subsystem.name, value: b, action: upsert }] }`,
      pipelines: pipelinesWith('memory_limiter', 'spanmetrics, otlp').replace(
        'batch], exporters: [coralogix]',
        'resource/names], exporters: [otlp]',
      ),
    }),
  ],
  ['the exporters of the chart', agentValues('mode: daemonset')],
])('does not report %s', (_, text) => {
  expect(report(rule, text)).toEqual([]);
});
