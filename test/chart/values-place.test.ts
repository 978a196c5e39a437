import { describe, expect, test } from 'vitest';
import type { Path } from '../../lib/yaml/value.ts';
import { first, modelOf } from '../model/support/model-of.ts';

const text = `global:
  domain: eu2.coralogix.com
opentelemetry-agent:
  presets:
    spanMetrics:
      enabled: true
      extraDimensions:
        - name: a
        - name: b
    loadBalancing: { enabled: true, hostname: gateway }
  config:
    processors:
      batch:
        timeout: 9s
    service:
      pipelines:
        logs:
          exporters: [debug, coralogix]
`;

/** The line of the values that a part of the agent's configuration leads to. */
function lineOf(...path: Path): string | undefined {
  const { line } = first(modelOf(text).collectors).place(path);
  return text.split('\n')[line - 1]?.trim();
}

describe('the place of a part', () => {
  test.each([
    ['configured by hand is there', ['processors', 'batch', 'timeout'], 'timeout: 9s'],
    ['of what is configured by hand is as near as it says', ['processors', 'batch', 'send_batch_size'], 'batch:'],
    ['that a preset brings is the preset', ['connectors', 'spanmetrics'], 'spanMetrics:'],
    ['is where the preset has it', ['connectors', 'spanmetrics', 'dimensions'], 'extraDimensions:'],
    ['is the entry of a list', ['connectors', 'spanmetrics', 'dimensions', 1, 'name'], '- name: b'],
    ['that the preset appends is the list', ['connectors', 'spanmetrics', 'dimensions', 2], 'extraDimensions:'],
    [
      'is a setting of another name',
      ['exporters', 'loadbalancing', 'resolver', 'dns', 'hostname'],
      'loadBalancing: { enabled: true, hostname: gateway }',
    ],
    ['of which values say nothing is the sub-chart', ['receivers', 'otlp'], 'opentelemetry-agent:'],
    ['that there is not is the sub-chart', ['receivers', 'nothing'], 'opentelemetry-agent:'],
    [
      'in a pipeline configured by hand is there',
      ['service', 'pipelines', 'logs', 'exporters', 1],
      'exporters: [debug, coralogix]',
    ],
    ['in a pipeline of presets is its preset', ['service', 'pipelines', 'traces', 'exporters', 0], 'spanMetrics:'],
    [
      'in a pipeline of presets is where it is configured',
      ['service', 'pipelines', 'traces', 'processors', 10],
      'batch:',
    ],
    ['is a pipeline', ['service', 'pipelines', 'traces'], 'opentelemetry-agent:'],
    ['is all of it', [], 'opentelemetry-agent:'],
  ] as const)('%s', (_, path, line) => {
    expect(lineOf(...path)).toBe(line);
  });

  test('of a sub-chart that the values do not name is the top of the file', () => {
    const [, cluster] = modelOf(text).collectors;
    expect(cluster?.place(['receivers', 'otlp'])).toEqual({ file: 'app.yaml', line: 1, column: 1 });
  });

  test('of a Service is what switches it on', () => {
    const [agent] = modelOf(`${text}  service:\n    enabled: true\n`).services;
    expect(agent?.place()).toMatchObject({ line: 19 });
  });
});
