import { external, type Limit, long, more, mount, route, toApi } from './limit.ts';

/** Names that Kubernetes puts something behind, and namespaces that are not our own. */
export const names: readonly Limit[] = [
  ['a Service of 64 characters', { 'name: web\n': `name: «${long(64)}\n`, [route]: toApi }, 'config/invalid-value'],
  ['a namespace of 64 characters', { 'namespace: shop': `namespace: «${long(64)}` }, 'config/invalid-value'],
  ['a StatefulSet whose pods have no label', { 'name: postgresql': `name: «${long(53)}` }, 'config/valid-name-length'],
  [
    'a release for Helm',
    { 'namespace: coralogix': `namespace: coralogix\n  release: «${long(54)}` },
    'config/valid-name-length',
  ],
  [
    'a release for the Job of k3s',
    { 'namespace: coralogix': `namespace: coralogix\n  release: «${long(51)}`, ...more('gitops: { tool: k3s }') },
    'config/valid-name-length',
  ],
  [
    'a system for the Application of Argo CD',
    {
      'name: shop\n': `name: «${long(54)}\n`,
      ...more('gitops: { tool: argo-cd, repository: "https://git.example.com/shop" }'),
    },
    'config/valid-name-length',
  ],
  [
    'a system for the HelmRepository of Flux',
    { 'name: shop\n': `name: «${long(57)}\n`, ...more('gitops: { tool: flux }') },
    'config/valid-name-length',
  ],
  [
    'a service for its SLO',
    { 'name: web\n': `name: «${long(51)}\n`, [route]: `${toApi}objectives: {}\n` },
    'config/valid-name-length',
  ],
  [
    'a Secret for the label of its ExternalSecret',
    { 'name: shop-secrets': `name: «${long(40)}.${long(30)}`, 'keys: [DB_PASSWORD, API_KEY]': external('1h') },
    'config/valid-name-length',
  ],
  ['a version that is no label', { 'replicas: 1': `version: «${long(64)}` }, 'config/invalid-value'],
  [
    'a host name of 254 characters',
    { 'host: shop.example.com': `host: «${`${long(49)}.`.repeat(5)}${long(4)}` },
    'config/invalid-value',
  ],
  ['a Service that begins with a digit', { 'name: web\n': 'name: «0web\n' }, 'config/invalid-value'],
  [
    'two routes that differ by a slash',
    { [route]: `${route}    - { path: /api, service: api }\n    - { path: «/api/, service: web }\n` },
    'config/unique-route-path',
  ],
  [
    'two volumes whose paths are one',
    {
      '      - { name: api-data': '      - { name: cache, mountPath: /app//./data }\n      - { name: api-data',
      ...mount('/app/data'),
    },
    'config/valid-mount-path',
  ],
];

export const namespaces: readonly Limit[] = [
  ['the application in default', { 'namespace: shop': 'namespace: «default' }, 'config/no-system-namespace'],
  ['the application in kube-public', { 'namespace: shop': 'namespace: «kube-public' }, 'config/no-system-namespace'],
  [
    'the application in a namespace of the kind of Kubernetes',
    { 'namespace: shop': 'namespace: «kube-flannel' },
    'config/no-system-namespace',
  ],
  ['the collector in default', { 'namespace: coralogix': 'namespace: «default' }, 'config/no-system-namespace'],
  ['the collector in kube-system', { 'namespace: coralogix': 'namespace: «kube-system' }, 'config/no-system-namespace'],
  ['the operator in default', more('deploy: { operator: { namespace: «default } }'), 'config/no-system-namespace'],
  [
    'the operator in kube-system',
    more('deploy: { operator: { namespace: «kube-system } }'),
    'config/no-system-namespace',
  ],
];
