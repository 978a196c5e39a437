import { acceptedServices } from './accepted-services.ts';

/** Changes of the minimal configuration that keep it valid, close to what the rules refuse. */
export const acceptedChanges: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
  ...acceptedServices,
  [
    'several replicas on a volume that all may write',
    { 'nodePort: 30010': 'replicas: 3', 'size: 1Gi } }': 'size: 1Gi, accessMode: ReadWriteMany } }' },
  ],
  [
    'a collector that somebody else keeps',
    {
      'namespace: coralogix': 'namespace: telemetry\n  delivery: existing\n  service: agent',
      '  spanMetrics:\n    dimensions: [k8s.pod.name]\n  loadBalancing:\n    enabled: true\n': '',
    },
  ],
  [
    'a service in a namespace of its own, with another standard',
    {
      'nodePort: 30010': 'namespace: back',
      'serviceDefaults:':
        'namespaces: { back: { enforce: privileged }, coralogix: { create: false } }\nserviceDefaults:',
    },
  ],
  ['several replicas without a claim', { 'nodePort: 30010': 'replicas: 3', ', claim: { size: 1Gi }': '' }],
  [
    'one replica of its own where the default is several',
    { 'replicas: 1': 'replicas: 3', 'nodePort: 30010': 'replicas: 1' },
  ],
  [
    'a volume of one name in two services, without a claim',
    { 'port: 8081': 'port: 8081\n    volumes: [{ name: api-data, mountPath: /app/data }]' },
  ],
  ['an image of a registry that is always pulled', { 'nodePort: 30010': 'imagePullPolicy: Always' }],
  [
    'a latest image of a registry that is always pulled',
    { 'replicas: 1': 'imagePullPolicy: Always', 'web:latest': 'localhost:5000/web:latest' },
  ],
  ['a tagged image that is always pulled', { 'replicas: 1': 'imagePullPolicy: Always', 'web:latest': 'nginx:1.29' }],
  [
    'an image by its digest that is always pulled',
    { 'replicas: 1': 'imagePullPolicy: Always', 'web:latest': `web@sha256:${'0a'.repeat(32)}` },
  ],
  ['an image whose tag a machine drew', { 'web:latest': 'web:q7Rt2Lm9Xz4Kp8Wv3Bn6Ys1D' }],
  [
    'an image of Docker Hub with a tag that is always pulled',
    { 'replicas: 1': 'imagePullPolicy: Always', 'web:latest': 'team/web:1.0' },
  ],
  [
    'an image with tag and digest',
    { 'web:latest': `ghcr.io/shop/web_front.end__x--y:1.0_RC@sha256:${'0a'.repeat(32)}` },
  ],
  [
    'dimensions that the chart has too',
    { '[k8s.pod.name]': '[http.method, status_code, service.version, http.response.status_code]' },
  ],
  [
    'no compact and no database metrics',
    { '[k8s.pod.name]': '[k8s.pod.name]\n    compact: false\n    database: false' },
  ],
  ['two services on one port', { '8081': '8080' }],
  ['equal requests and limits in other units', { 'memory: 64Mi': 'memory: 131072Ki', 'cpu: 50m': 'cpu: 0.25' }],
  ['requests of zero', { 'memory: 64Mi': 'memory: 0', 'cpu: 50m': 'cpu: 0' }],
  [
    'settings of an instrumentation',
    { 'MODE: fast': 'OTEL_PYTHON_EXCLUDED_URLS: health, OTEL_BSP_SCHEDULE_DELAY: 500, OTEL_LOG_LEVEL: debug' },
  ],
  [
    'an issuer as the source of the certificate',
    { 'secretName: shop-tls': 'certManager: { kind: Issuer, name: letsencrypt }' },
  ],
  ['a resolver as the source of the certificate', { 'secretName: shop-tls': 'traefikResolver: letsencrypt' }],
  [
    'a path below another',
    {
      '{ path: /, service: web }':
        '{ path: /, service: web }\n    - { path: /api, service: api }\n    - { path: /api/v2, service: api }',
    },
  ],
  ['no policy where nothing is sampled', { 'enabled: true': 'enabled: false\n    policies: []' }],
  ['a policy of a type that is new', { 'enabled: true': 'policies: [{ name: a, type: entirely_new_kind_of_policy }]' }],
  [
    'an external secret with a source for each key',
    {
      'keys: [DB_PASSWORD, API_KEY]':
        'keys: [DB_PASSWORD, API_KEY]\n  externalSecret: { store: { name: vault }, remote: { DB_PASSWORD: { key: db }, API_KEY: { key: api, property: key } } }',
    },
  ],
  ['names of keys, which are no secrets', { 'secretName: shop-tls': 'secretName: shop-token' }],
  [
    'a Redis without a password and without a Secret',
    {
      'secret:\n  name: shop-secrets\n  keys: [DB_PASSWORD, API_KEY]\n': '',
      '    secretKeys: [API_KEY]\n': '',
      '  - name: postgresql\n    type: postgresql\n    database: shop\n    passwordKey: DB_PASSWORD\n    storage: { size: 1Gi }\n':
        '',
    },
  ],
  ['a ConfigMap that is called as one of SQL files would be', { 'name: shop-config': 'name: postgresql-init' }],
  [
    'names as long as they may be',
    {
      '- name: postgresql': `- name: ${'a'.repeat(52)}`,
      'namespace: coralogix': `namespace: coralogix\n  release: ${'a'.repeat(53)}`,
    },
  ],
  ['the least memory that counts', { 'memory: 64Mi': 'memory: 4Mi' }],
  ['the most memory that counts', { 'memory: 128Mi': 'memory: 7Ei' }],
  ['part of a gibibyte', { 'memory: 128Mi': 'memory: 0.1Gi' }],
  ['a name of the longest repository', { 'web:latest': `registry.example.com/${'a'.repeat(255)}:${'b'.repeat(128)}` }],
  ['shared memory', { 'mountPath: /app/data': 'mountPath: /dev/shm' }],
  ["a folder in the image's own", { 'mountPath: /app/data': 'mountPath: /usr/share/nginx/html' }],
  [
    'folders beside each other',
    { 'size: 1Gi } }': 'size: 1Gi } }\n      - { name: cache, mountPath: /app/data-cache }' },
  ],
  ['a URL on the last port', { 'LOG_LEVEL: info': 'LOG_LEVEL: "http://api:65535/x?y=:99999"' }],
  ['what only looks like a port', { 'LOG_LEVEL: info': 'LOG_LEVEL: "at 12:99999"' }],
  ['a cluster with a dollar', { 'clusterName: shop': 'clusterName: "shop $1 (é, 100 %)"' }],
  [
    'a cluster by its address at AWS',
    { 'clusterName: shop': 'clusterName: "arn:aws:eks:eu-west-1:123456789012:cluster/shop"' },
  ],
  [
    'an environment of all characters that SDKs read alike',
    { 'environment: production': 'environment: eu/pre_prod:1@b.c-2' },
  ],
  [
    'a pattern and an escaped reference in a policy',
    {
      'enabled: true':
        'policies: [{ name: a, type: drop, drop: { paths: ["^/api$", "$${env:X}", "$$$$$${Y}"], ratio: 0.5 } }]',
    },
  ],
  ['the longest variable', { 'MODE: fast': `MODE: ${'x'.repeat(131_066)}` }],
  ['control characters in a value', { 'MODE: fast': 'MODE: "\\x07\\e[31m\\t\\n"' }],
  ['a label of the longest service', { 'name: web\n': `name: ${'a'.repeat(63)}\n`, 'service: web': 'service: api' }],
  [
    'an installer on the host',
    { 'service: web }\n': 'service: web }\ndeploy: { k3s: { version: v1.34.4+k3s1, installer: /root/install.sh } }\n' },
  ],
  [
    'the longest interval',
    { 'service: web }\n': 'service: web }\ngitops: { tool: flux, interval: 8760h, path: ./a/..b }\n' },
  ],
];
