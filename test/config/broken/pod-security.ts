import type { BrokenConfig } from './broken-config.ts';

const web = (lines: string) => ({ 'name: web\n': `name: «web\n    ${lines}\n` });
const restricted = { 'serviceDefaults:': 'podSecurity: { enforce: restricted }\nserviceDefaults:' };
const code = 'config/no-refused-pod';

/** Pods that the namespace would refuse. */
export const podSecurityCases: readonly BrokenConfig[] = [
  {
    title: 'a service that runs as its image in a restricted namespace',
    change: { ...restricted, 'replicas: 1': 'hardened: true', ...web('hardened: false') },
    code,
    message:
      'service web has container web without runAsNonRoot: true, which the Pod Security Standard restricted of the namespace shop refuses',
    suggestion: 'write: hardened: true',
  },
  {
    title: 'a folder of the node',
    change: web('volumes: [{ name: log, mountPath: /log, hostPath: { path: /var/log } }]'),
    code,
    message:
      'service web has a hostPath volume, which the Pod Security Standard baseline of the namespace shop refuses',
    suggestion: 'write: namespaces: { shop: { enforce: privileged } }',
  },
  {
    title: 'a patch that asks for the network of the node',
    change: web('patch: { Deployment: { spec: { template: { spec: { hostNetwork: true } } } } }'),
    code,
    message: 'service web has hostNetwork, which the Pod Security Standard baseline of the namespace shop refuses',
    suggestion: 'write: namespaces: { shop: { enforce: privileged } }',
  },
  {
    title: 'a privileged init container',
    change: web('initContainers: [{ name: sysctl, image: "a:1", securityContext: { privileged: true } }]'),
    code,
    message:
      'service web has the privileged container sysctl, which the Pod Security Standard baseline of the namespace shop refuses',
    suggestion: 'write: namespaces: { shop: { enforce: privileged } }',
  },
  {
    title: 'a sidecar that is not hardened in a restricted namespace',
    change: {
      'serviceDefaults:': 'namespaces: { back: { enforce: restricted } }\nserviceDefaults:',
      'replicas: 1': 'hardened: true',
      ...web('namespace: back\n    sidecars: [{ name: log, image: "a:1" }]'),
      'service: web': 'service: api',
    },
    code,
    message:
      'service web has container log without allowPrivilegeEscalation: false, which the Pod Security Standard restricted of the namespace back refuses',
    suggestion: 'write: namespaces: { back: { enforce: baseline } }',
  },
  {
    title: 'a datastore that is not hardened in a restricted namespace',
    change: {
      ...restricted,
      'replicas: 1': 'hardened: true',
      'type: redis': 'type: redis\n    hardened: «false',
    },
    code,
    message:
      'datastore redis has container redis without runAsNonRoot: true, which the Pod Security Standard restricted of the namespace shop refuses',
    suggestion: 'write: true',
  },
];
