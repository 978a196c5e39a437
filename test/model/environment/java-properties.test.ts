import { expect, test } from 'vitest';
import { explainService } from '../../../lib/explain/explain-service.ts';
import type { LintFinding } from '../../../lib/lint/lint-finding.ts';
import { lintSources } from '../../../lib/lint/lint-sources.ts';
import { modelOf, onlyContainer } from '../support/model-of.ts';
import { podWith } from '../support/pod.ts';
import { smallSystem } from '../support/small-system.ts';

const variableIn = (name: string, container: object) => {
  const model = modelOf(podWith(container));
  const only = onlyContainer(model);
  return model.environment(only.workload, only.container).get(name)?.value;
};

const endpoint = 'OTEL_EXPORTER_OTLP_ENDPOINT';
const flag = (value: string) => `-Dotel.exporter.otlp.endpoint=${value}`;
const options = (...env: readonly (readonly [string, string])[]) => env.map(([name, value]) => ({ name, value }));

test.each([
  ['an argument', { args: [flag('http://a:4317'), '-jar', 'app.jar'] }],
  ['the command', { command: ['java', flag('http://a:4317')] }],
  ['a line for a shell', { command: ['sh', '-c', `exec java -Xmx1g ${flag('http://a:4317')} -jar app.jar`] }],
  ['quotes', { command: ['sh', '-c', `java "${flag('http://a:4317')}" -jar app.jar`] }],
  ['a value in quotes', { command: ['sh', '-c', `java ${flag("'http://a:4317'")} -jar app.jar`] }],
  ['JAVA_TOOL_OPTIONS', { env: options(['JAVA_TOOL_OPTIONS', `-Xmx1g ${flag('http://a:4317')}`]) }],
  ['a reference of the kubelet', { env: options(['HOST', 'a']), args: [flag('http://$(HOST):4317')] }],
  [
    'a reference of a shell',
    { env: options(['HOST', 'a']), command: ['sh', '-c', `java ${flag('http://${HOST}:4317')}`] },
  ],
  [
    'a variable that the command line refers to',
    { env: options(['JAVA_OPTS', flag('http://a:4317')]), args: ['$(JAVA_OPTS)'] },
  ],
])('a property of Java in %s stands for its variable', (_, container) => {
  expect(variableIn(endpoint, container)).toBe('http://a:4317');
});

test.each([
  ['the environment', { env: options([endpoint, 'http://b:4317']), args: [flag('http://a:4317')] }],
  ['JAVA_TOOL_OPTIONS', { env: options(['JAVA_TOOL_OPTIONS', flag('http://b:4317')]), args: [flag('http://a:4317')] }],
  [
    'the command line where it is in _JAVA_OPTIONS',
    { env: options(['_JAVA_OPTIONS', flag('http://a:4317')]), args: [flag('http://b:4317')] },
  ],
  ['an earlier one', { args: [flag('http://b:4317'), flag('http://a:4317')] }],
])('a property of Java outranks %s', (_, container) => {
  expect(variableIn(endpoint, container)).toBe('http://a:4317');
});

test.each([
  ['otel.traces.sampler', 'OTEL_TRACES_SAMPLER'],
  ['otel.service.name', 'OTEL_SERVICE_NAME'],
  ['otel.exporter.otlp.traces.endpoint', 'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT'],
  ['otel.sdk.disabled', 'OTEL_SDK_DISABLED'],
])('the property %s is the variable %s', (property, name) => {
  expect(variableIn(name, { args: [`-D${property}=x`] })).toBe('x');
});

test('what is no property of Java changes nothing', () => {
  expect(
    variableIn(endpoint, { args: ['--Dotel.exporter.otlp.endpoint=a', 'x-Dotel.exporter.otlp.endpoint=a'] }),
  ).toBeUndefined();
});

const unreachable = (findings: readonly LintFinding[]) =>
  findings
    .filter(({ rule }) => rule.id === 'require-reachable-host-port')
    .map(({ level, rule, place }) => `${place.line} ${level} ${rule.id}`);

test('a wrong endpoint is reported and explained where the property stands', () => {
  const text = smallSystem({ container: { args: [flag('http://localhost:4317')] } });
  const line = text.split('\n').findIndex((each) => each.includes('-Dotel')) + 1;
  const { findings } = lintSources([{ file: 'app.yaml', text }]).result;
  expect(unreachable(findings)).toEqual([`${line} error require-reachable-host-port`]);
  const [sdk, address] = explainService(modelOf(text), 'api')?.hops ?? [];
  expect(address?.status).toBe('broken');
  expect(sdk?.reasons[0]).toMatchObject({
    message: 'the command line of container app (-Dotel.exporter.otlp.endpoint) sets OTEL_EXPORTER_OTLP_ENDPOINT',
    place: { line },
  });
});

test('a property in JAVA_TOOL_OPTIONS has the place of that variable', () => {
  const text = smallSystem({ env: { JAVA_TOOL_OPTIONS: flag('http://localhost:4317') } });
  const line = text.split('\n').findIndex((each) => each.includes('-Dotel')) + 1;
  const { findings } = lintSources([{ file: 'app.yaml', text }]).result;
  expect(unreachable(findings)).toEqual([`${line} error require-reachable-host-port`]);
  const [sdk] = explainService(modelOf(text), 'api')?.hops ?? [];
  expect(sdk?.reasons[0]).toMatchObject({
    message: expect.stringMatching(/^JAVA_TOOL_OPTIONS \(-Dotel/),
    place: { line },
  });
});
