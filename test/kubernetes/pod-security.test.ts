import { expect, test } from 'vitest';
import { levelOf, refusedByBaseline, refusedByRestricted } from '../../lib/kubernetes/pod-security.ts';

const container = (more: object) => ({ containers: [{ name: 'main', image: 'x:1', ...more }] });

test.each([
  ['the network of the node', { hostNetwork: true }, 'hostNetwork'],
  ['a folder of the node', { volumes: [{ name: 'log', hostPath: { path: '/' } }] }, 'a hostPath volume'],
  ['a privileged container', container({ securityContext: { privileged: true } }), 'the privileged container main'],
  [
    'a capability beyond the standard',
    container({ securityContext: { capabilities: { add: ['NET_BIND_SERVICE', 'NET_ADMIN'] } } }),
    'the capability NET_ADMIN of container main',
  ],
  ['a port of the node', container({ ports: [{ containerPort: 1, hostPort: 1 }] }), 'a hostPort of container main'],
  [
    'an init container',
    { initContainers: [{ name: 'i', securityContext: { privileged: true } }] },
    'the privileged container i',
  ],
  [
    'a usual pod',
    container({
      securityContext: { capabilities: { drop: ['ALL'], add: ['CHOWN'] } },
      ports: [{ containerPort: 1, hostPort: 0 }],
    }),
    undefined,
  ],
])('%s is judged by the baseline standard', (_, pod, refused) => {
  expect(refusedByBaseline(pod)).toBe(refused);
});

const allowed = { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } };
const user = { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } };
const strict = (own: object = {}, pod: object = {}) => ({
  securityContext: user,
  containers: [{ name: 'main', securityContext: { ...allowed, ...own } }],
  ...pod,
});

test.each([
  ['a hardened pod', strict(), undefined],
  [
    'a hardened pod without settings of its own',
    { containers: [{ name: 'main', securityContext: { ...allowed, ...user } }] },
    undefined,
  ],
  ['a usual pod', { containers: [{ name: 'main' }] }, 'container main without runAsNonRoot: true'],
  ['what the baseline refuses', strict({}, { hostPID: true }), 'hostPID'],
  [
    'a profile that confines nothing',
    strict({ seccompProfile: { type: 'Unconfined' } }),
    'the seccompProfile Unconfined',
  ],
  ['a container that overrides its pod', strict({ runAsNonRoot: false }), 'container main without runAsNonRoot: true'],
  ['root', strict({ runAsUser: 0 }), 'container main with runAsUser: 0'],
  ['a pod of root', strict({}, { securityContext: { ...user, runAsUser: 0 } }), 'runAsUser: 0'],
  [
    'more privileges',
    strict({ allowPrivilegeEscalation: true }),
    'container main without allowPrivilegeEscalation: false',
  ],
  [
    'no profile',
    strict({}, { securityContext: { runAsNonRoot: true } }),
    'container main without seccompProfile: { type: RuntimeDefault }',
  ],
  [
    'kept capabilities',
    strict({ capabilities: { drop: ['NET_RAW'] } }),
    'container main without capabilities: { drop: [ALL] }',
  ],
  ['a port below 1024', strict({ capabilities: { drop: ['ALL'], add: ['NET_BIND_SERVICE'] } }), undefined],
  [
    'an added capability',
    strict({ capabilities: { drop: ['ALL'], add: ['CHOWN'] } }),
    'container main with the capability CHOWN',
  ],
  ['a share', strict({}, { volumes: [{ name: 'a', nfs: {} }] }), 'a volume of kind nfs'],
  [
    'an init container',
    strict({}, { initContainers: [{ name: 'i' }] }),
    'container i without allowPrivilegeEscalation: false',
  ],
  [
    'a pod of Windows',
    { os: { name: 'windows' }, securityContext: { runAsNonRoot: true }, containers: [{ name: 'main' }] },
    undefined,
  ],
])('%s is judged by the restricted standard', (_, pod, refused) => {
  expect(refusedByRestricted(pod)).toBe(refused);
});

test('the strictest level that lets a pod in is found', () => {
  expect([strict(), { containers: [{ name: 'main' }] }, { hostPID: true }].map(levelOf)).toEqual([
    'restricted',
    'baseline',
    'privileged',
  ]);
});
