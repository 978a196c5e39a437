import { expect, test } from 'vitest';
import { fileBehind } from '../../../lib/model/collector/command-configuration.ts';
import { toYaml } from '../../../lib/yaml/to-yaml.ts';
import { textAt } from '../../../lib/yaml/value.ts';
import { explained, hopOf, messagesOf } from '../../explain/support/explained.ts';
import { modelOf } from '../support/model-of.ts';
import { application, collector, type SmallSystemProps, smallSystem } from '../support/small-system.ts';

const pod = (args: readonly string[], more: object = {}): SmallSystemProps => ({
  collectorPod: {
    containers: [
      { name: 'otelcol', image: 'otelcol:1', args, volumeMounts: [{ name: 'config', mountPath: '/conf' }], ...more },
    ],
  },
});

test.each([
  ['--set=processors.k8sattributes.passthrough=true', '--config=/conf/relay'],
  ['--config', 'file:/conf/relay', '--set', 'processors::k8sattributes::passthrough=true'],
])('settings of the command stand above its configuration: %s', (...args) => {
  expect(messagesOf('processors', pod(args))[0]).toBe('✗ no processor adds k8s.pod.name and k8s.node.name');
});

test('a single setting leaves the others as they are', () => {
  expect(
    messagesOf('processors', pod(['--config=/conf/relay', '--set=processors.k8sattributes.wait=true']))[0],
  ).toMatch(/^✓/);
});

test.each(['/etc/more.yaml', 'yaml:processors::batch::timeout: 2s', 'env:MORE'])(
  'a configuration over which the command merges %s is not known',
  (source) => {
    const args = ['--config=/conf/relay', `--config=${source}`];
    expect(messagesOf('receiver', pod(args)).slice(0, 2)).toEqual([
      '? cannot tell what DaemonSet agent does with the span',
      `its command merges /conf/relay, ${source}`,
    ]);
  },
);

/** Two configurations in one ConfigMap, of which the second one makes no span metrics. */
function two(args: readonly string[]): string {
  const [agent = {}, ...others] = collector(pod(args));
  const [other = {}] = collector({ exporters: ['coralogix'] });
  const data = { relay: textAt(agent, 'data', 'relay'), other: textAt(other, 'data', 'relay') };
  return [application(), { ...agent, data }, ...others].map((object) => toYaml(object)).join('---\n');
}

test('of several configurations in a ConfigMap the command chooses', () => {
  expect(hopOf(explained(two(['--config=/conf/relay'])), 'spanmetrics').status).toBe('ok');
  expect(hopOf(explained(two(['--config=/conf/other'])), 'spanmetrics').status).toBe('broken');
  expect(modelOf(two(['--config=/conf/relay'])).collectors).toHaveLength(1);
  expect(modelOf(two(['--config=/elsewhere'])).collectors).toHaveLength(2);
});

test('a file of the command that is no YAML is a problem', () => {
  const text = smallSystem(pod(['--config=/conf/relay'])).replace('    receivers:\n', '    receivers: {\n');
  expect(modelOf(text).problems).toMatchObject([{ code: 'lint/valid-yaml', place: { file: 'app.yaml' } }]);
  expect(modelOf(text.replace('/conf/relay', '/conf/other')).problems).toEqual([]);
});

const configMap = { name: 'data', items: [{ key: 'relay', path: 'sub/agent.yaml' }] };

test.each([
  [{ configMap: { name: 'data' } }, { mountPath: '/conf/' }, '/conf/relay', 'relay'],
  [{ configMap }, { mountPath: '/conf' }, 'file:/conf/sub/agent.yaml', 'relay'],
  [{ configMap }, { mountPath: '/conf' }, '/conf/relay', undefined],
  [{ configMap: { name: 'data' } }, { mountPath: '/etc/otel.yaml', subPath: 'relay' }, '/etc/otel.yaml', 'relay'],
  [{ projected: { sources: [{ configMap: { name: 'data' } }] } }, { mountPath: '/conf' }, '/conf/relay', 'relay'],
  [{ secret: { secretName: 'data' } }, { mountPath: '/conf' }, '/conf/relay', undefined],
  [{ configMap: { name: 'data' } }, { mountPath: '/conf' }, '/other/relay', undefined],
])('finds the key behind a file: %j at %j has %s', (volume, mount, file, key) => {
  const containers = [{ name: 'a', image: 'b', volumeMounts: [{ name: 'v', ...mount }] }];
  const [workload] = modelOf(
    toYaml({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'a' },
      spec: { containers, volumes: [{ name: 'v', ...volume }] },
    }),
  ).workloads;
  const [container] = workload?.containers ?? [];
  const found = workload && container && fileBehind(workload, container, file);
  expect(found).toEqual(key === undefined ? undefined : { configMap: 'data', key });
});
