const web = (lines: string): Readonly<Record<string, string>> => ({ 'port: 8081': `port: 8081\n    ${lines}` });

const portless = (lines: string): Readonly<Record<string, string>> => ({
  'port: 8081': lines,
  'service: web': 'service: api',
});

/** Services as plain Kubernetes has them. */
export const acceptedServices: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
  [
    'a gRPC server',
    web('probes: { readiness: { type: grpc, service: shop, periodSeconds: 3 }, liveness: { type: tcp } }'),
  ],
  ['a service without a port', portless('command: [work]')],
  [
    'several ports',
    portless('ports: [{ name: a, port: 80, targetPort: 8080 }, { name: b, port: 81, targetPort: 8080 }]'),
  ],
  ['one number by two transports', portless('ports: [{ name: a, port: 53 }, { name: b, port: 53, protocol: UDP }]')],
  ['a job', portless('kind: job\n    args: [migrate]\n    restartPolicy: Never')],
  ['a cronjob', portless('kind: cronjob\n    schedule: "*/5 * * * *"')],
  ...['@every 5m', '@daily', '*/5 9-17 * JAN,mar MON-FRI', '0 0 1,15 * ?', '5-55/10 * * * 7'].map(
    (schedule) => [`the schedule ${schedule}`, portless(`kind: cronjob\n    schedule: "${schedule}"`)] as const,
  ),
  ['a statefulset of several pods with claims', { 'nodePort: 30010': 'kind: statefulset\n    replicas: 3' }],
  ['a shared ServiceAccount', web('serviceAccount: { name: api, create: false }')],
  ['resources in part', web('resources: { limits: { memory: 1Gi } }')],
  [
    'hardened services in a restricted namespace',
    { 'serviceDefaults:': 'podSecurity: { enforce: restricted }\nserviceDefaults:', 'replicas: 1': 'hardened: true' },
  ],
  [
    'a patch that hardens a service by itself',
    {
      'serviceDefaults:': 'podSecurity: { enforce: restricted }\nserviceDefaults:',
      'replicas: 1': 'hardened: true',
      'port: 8081':
        'port: 8081\n    hardened: false\n    patch: { Deployment: { spec: { template: { spec: { securityContext: { runAsNonRoot: true, seccompProfile: { type: RuntimeDefault } }, containers: [{ name: web, securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: [ALL] } } }] } } } } }',
    },
  ],
  [
    'a folder of the node in a privileged namespace',
    {
      'serviceDefaults:': 'namespaces: { shop: { enforce: privileged } }\nserviceDefaults:',
      'port: 8081': 'port: 8081\n    volumes: [{ name: log, mountPath: /log, hostPath: { path: /var/log } }]',
    },
  ],
  ['a volume called tmp where the root can be written', web('volumes: [{ name: tmp, mountPath: /tmp }]')],
  [
    'files of a ConfigMap where programs look for them',
    web('volumes: [{ name: a, mountPath: /etc/nginx/conf.d, configMap: { name: nginx } }]'),
  ],
  [
    'a file inside of a writable folder',
    {
      '      - { name: api-data':
        '      - { name: a, mountPath: /app/data/a.conf, subPath: a.conf, configMap: { name: a } }\n      - { name: api-data',
    },
  ],
  [
    'settings of an SDK that keep the path of spans',
    {
      'MODE: fast':
        'toString: a, OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE: cumulative, OTEL_LOGS_EXPORTER: none, OTEL_COLLECTOR_NAME: x, OTEL_TRACES_EXPORTER: otlp, OTEL_SDK_DISABLED: false, OTEL_PROPAGATORS: "b3,tracecontext"',
    },
  ],
  ['a reference to a variable that stands before', { 'MODE: fast': 'HOST: a, URL: "http://$(HOST)/$(LOG_LEVEL)"' }],
  [
    'references that variables of a Secret may answer',
    { 'env: { MODE: fast }': 'env: { URL: "http://$(HOST)" }\n    envFrom: [{ secretRef: { name: more } }]' },
  ],
  ['text that looks like a reference', { 'MODE: fast': 'NOW: "$$(LOG_LEVELS) $(date)"' }],
  [
    'variables from every source',
    {
      'MODE: fast':
        'IP: { fieldRef: { fieldPath: status.podIP } }, CPU: { resourceFieldRef: { resource: limits.cpu } }, T: { secretKeyRef: { name: shop-secrets, key: DB_PASSWORD } }, U: { configMapKeyRef: { name: other, key: u, optional: true } }, WEB: { service: web }, CACHE: { datastore: redis }',
    },
  ],
  ['further attributes', web('resourceAttributes: { service.namespace: shop, team: checkout/web }')],
  ['a patch that removes a field', web('patch: { Deployment: { spec: { strategy: null, revisionHistoryLimit: ~ } } }')],
  [
    'a patch of the whole',
    { 'ingress:\n': 'patch: { Service: { spec: { ipFamilyPolicy: PreferDualStack } } }\ningress:\n' },
  ],
  [
    'containers beside that of the service',
    web(
      'initContainers: [{ name: wait, image: busybox:1, command: [sh] }]\n    sidecars: [{ name: proxy, image: envoy:1 }]',
    ),
  ],
];
