import { expect, test } from 'vitest';
import { namespaceNote } from '../../lib/model/assumed-namespace.ts';
import { walkedPaths } from '../../lib/model/path/walked-path.ts';
import type { ReadModelProps } from '../../lib/model/read-model.ts';
import { toYaml } from '../../lib/yaml/to-yaml.ts';
import { modelOf } from './support/model-of.ts';
import { application, collector } from './support/small-system.ts';

const env = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://agent:4317' };
const without = (object: object) => toYaml(object).replaceAll(/^ {2}namespace: .*\n/gm, '');

/** A whole system in one namespace, which only some of its objects name. */
const named = (...names: readonly string[]) =>
  [
    ...names.map((name) => toYaml({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } })),
    without(application({ env })),
    ...collector({ env }).map(without),
  ].join('---\n');

const addressOf = (text: string, props?: ReadModelProps) =>
  walkedPaths(modelOf(text, props))[0]?.hops.find(({ name }) => name === 'address')?.status;

test('objects without a namespace are in the only one that the input names', () => {
  const model = modelOf(named('demo'));
  expect(model.workloads.map(({ namespace }) => namespace)).toEqual(['demo', 'demo']);
  expect(namespaceNote(model.namespace)).toEqual([
    '4 objects without a namespace taken for namespace demo, the only one that the input names; --namespace NAME sets another',
  ]);
  expect(addressOf(named('demo'))).toBe('ok');
});

test('what is given comes first', () => {
  const { namespace, workloads } = modelOf(named('demo'), { namespace: 'given' });
  expect(workloads[0]?.namespace).toBe('given');
  expect(namespaceNote(namespace)).toEqual([]);
});

test('without any they are in default, and with several nothing is taken for missing', () => {
  expect(addressOf(named())).toBe('ok');
  const sending = toYaml(application({ namespace: 'shop', env }));
  expect(addressOf([sending, named('demo')].join('---\n'))).toBe('unknown');
  expect(namespaceNote(modelOf([sending, named('demo')].join('---\n')).namespace)).toEqual([
    '4 objects without a namespace may be in any namespace, because the input names several; --namespace NAME sets it',
  ]);
});
