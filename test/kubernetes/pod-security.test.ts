import { expect, test } from 'vitest';
import { refusedByBaseline } from '../../lib/kubernetes/pod-security.ts';

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
