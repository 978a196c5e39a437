import { expect, test } from 'vitest';
import { grantedPermissions } from '../../../lib/deploy/preflight/required-permissions.ts';
import { readModel } from '../../../lib/model/read-model.ts';

const manifest = (kind: string) => {
  const rules = [
    { apiGroups: ['', 'apps'], resources: ['pods'], verbs: ['list'] },
    { nonResourceURLs: ['/metrics'], verbs: ['get'] },
  ];
  const text = JSON.stringify({
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind,
    metadata: { name: 'agent', namespace: 'shop' },
    rules,
  });
  return readModel([{ file: 'role.json', text }]).manifests;
};

test('who gives a role to the collector needs what it gives', () => {
  expect(manifest('ClusterRole').flatMap(grantedPermissions)).toEqual([
    { verb: 'list', group: '', resource: 'pods', namespace: undefined },
    { verb: 'list', group: 'apps', resource: 'pods', namespace: undefined },
  ]);
});

test('a Role gives in its namespace alone', () => {
  expect(
    manifest('Role')
      .flatMap(grantedPermissions)
      .map(({ namespace }) => namespace),
  ).toEqual(['shop', 'shop']);
});

test('nothing else gives anything', () => {
  expect(manifest('ConfigMap').flatMap(grantedPermissions)).toEqual([]);
});
