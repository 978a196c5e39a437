import { App } from 'cdk8s';
import { expect, test } from 'vitest';
import { System } from '../../lib/constructs/system.ts';
import { renderApp } from '../../lib/synth/render-app.ts';
import { valueAt } from '../../lib/yaml/value.ts';
import { minimal } from '../config/minimal.ts';
import { systemFile } from '../config/system-file.ts';
import { only, parseManifests } from '../support/synthesized.ts';

const { load } = systemFile();

/** The objects of the service web, with further lines of its entry in the configuration. */
function web(lines: string, top = '') {
  const text = minimal
    .replace('    port: 8081\n', () => `${lines.replaceAll(/^/gm, '    ')}\n`)
    .replace('service: web', 'service: api');
  const app = new App();
  new System(app, 'System', load(top + text));
  return renderApp(app)
    .filter(({ path }) => path.includes('30-web'))
    .flatMap(({ content }) => parseManifests(content));
}

const podOf = (lines: string, kind = 'Deployment') => valueAt(only(web(lines), kind), 'spec', 'template', 'spec');
const containerOf = (lines: string) => valueAt(podOf(lines), 'containers', 0);
const kinds = (lines: string) => web(lines).map(({ kind }) => kind);

test('a service is what plain Kubernetes makes of its image: no probes, user, limits or volumes', () => {
  const container = containerOf('port: 8081');
  for (const key of [
    'livenessProbe',
    'readinessProbe',
    'startupProbe',
    'resources',
    'securityContext',
    'volumeMounts',
  ]) {
    expect(container).not.toHaveProperty(key);
  }
  expect(podOf('port: 8081')).not.toHaveProperty('securityContext');
  expect(podOf('port: 8081')).not.toHaveProperty('volumes');
});

test('one line hardens a service', () => {
  const hardened = podOf('port: 8081\nhardened: true');
  expect(hardened).toMatchObject({
    securityContext: { runAsNonRoot: true, runAsUser: 10001, seccompProfile: { type: 'RuntimeDefault' } },
    containers: [
      {
        securityContext: {
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          capabilities: { drop: ['ALL'] },
        },
        volumeMounts: [{ name: 'tmp', mountPath: '/tmp' }],
      },
    ],
    volumes: [{ name: 'tmp', emptyDir: {} }],
  });
});

test('a user and a read-only root may be set without the rest', () => {
  const pod = podOf('port: 8081\nsecurityContext: { runAsUser: 33, readOnlyRootFilesystem: true }');
  expect(pod).toMatchObject({
    securityContext: { runAsUser: 33, runAsGroup: 33, fsGroup: 33 },
    containers: [{ securityContext: { readOnlyRootFilesystem: true } }],
  });
  expect(JSON.stringify(pod)).not.toContain('capabilities');
});

test.each(['0400', '0o400', '256'])('the mode %s of files is that of kubectl', (mode) => {
  const pod = podOf(
    `port: 8081\nvolumes: [{ name: a, mountPath: /a, secret: { secretName: s, defaultMode: ${mode} } }]`,
  );
  expect(valueAt(pod, 'volumes', 0, 'secret', 'defaultMode')).toBe(256);
});

test('all services have the user of the defaults, and each may have another', () => {
  const securityOf = (own: string) => {
    const app = new App();
    const defaults = 'hardened: true\n  securityContext: { runAsUser: 1000, readOnlyRootFilesystem: false }';
    const text = minimal.replace('replicas: 1', defaults).replace('port: 8081', `port: 8081\n${own}`);
    new System(app, 'System', load(text));
    const objects = renderApp(app).flatMap(({ path, content }) =>
      path.includes('-web') ? parseManifests(content) : [],
    );
    const pod = valueAt(only(objects, 'Deployment'), 'spec', 'template', 'spec');
    return [
      valueAt(pod, 'securityContext', 'runAsUser'),
      valueAt(pod, 'securityContext', 'fsGroup'),
      valueAt(pod, 'containers', 0, 'securityContext', 'readOnlyRootFilesystem'),
    ];
  };
  expect(securityOf('')).toEqual([1000, 1000, false]);
  expect(securityOf('    securityContext: { runAsUser: 33 }')).toEqual([33, 33, false]);
  expect(securityOf('    securityContext: { readOnlyRootFilesystem: true }')).toEqual([1000, 1000, true]);
});

test.each([
  [
    '{ type: http, path: /up, scheme: HTTPS, headers: { A: b }, periodSeconds: 7 }',
    {
      httpGet: { path: '/up', port: 'http', scheme: 'HTTPS', httpHeaders: [{ name: 'A', value: 'b' }] },
      periodSeconds: 7,
    },
  ],
  [
    '{ type: grpc, service: shop, initialDelaySeconds: 3 }',
    { grpc: { port: 8081, service: 'shop' }, initialDelaySeconds: 3 },
  ],
  ['{ type: tcp, port: 9000, timeoutSeconds: 2 }', { tcpSocket: { port: 9000 }, timeoutSeconds: 2 }],
  [
    '{ type: exec, command: [pg_isready, -q], failureThreshold: 9 }',
    { exec: { command: ['pg_isready', '-q'] }, failureThreshold: 9 },
  ],
])('the readiness probe %s is synthesized, and no other', (probe, expected) => {
  const container = containerOf(`port: 8081\nprobes: { readiness: ${probe} }`);
  expect(container).toHaveProperty('readinessProbe', expected);
  expect(container).not.toHaveProperty('livenessProbe');
  expect(container).not.toHaveProperty('startupProbe');
});

test('a health check is the probe of all that are not given', () => {
  const container = containerOf(
    'port: 8081\nhealthPath: /up\nprobes: { liveness: { type: none }, startup: { type: tcp } }',
  );
  expect(container).toMatchObject({
    readinessProbe: { httpGet: { path: '/up', port: 'http' } },
    startupProbe: { tcpSocket: { port: 'http' } },
  });
  expect(container).not.toHaveProperty('livenessProbe');
});

test('the port of a gRPC server is called grpc', () => {
  const objects = web('port: 8081\nprobes: { readiness: { type: grpc } }');
  expect(valueAt(only(objects, 'Service'), 'spec', 'ports')).toEqual([
    { name: 'grpc', port: 8081, targetPort: 'grpc' },
  ]);
});

test('several ports lead to their targets, each target once', () => {
  const objects = web(
    'ports:\n  - { name: http, port: 80, targetPort: 8080 }\n  - { name: alt, port: 81, targetPort: 8080, nodePort: 30081 }\n  - { name: dns, port: 53, protocol: UDP }',
  );
  expect(valueAt(only(objects, 'Service'), 'spec')).toMatchObject({
    type: 'NodePort',
    ports: [
      { name: 'http', port: 80, targetPort: 'http' },
      { name: 'alt', port: 81, targetPort: 'http', nodePort: 30081 },
      { name: 'dns', port: 53, targetPort: 'dns', protocol: 'UDP' },
    ],
  });
  expect(valueAt(only(objects, 'Deployment'), 'spec', 'template', 'spec', 'containers', 0, 'ports')).toEqual([
    { name: 'http', containerPort: 8080 },
    { name: 'dns', containerPort: 53, protocol: 'UDP' },
  ]);
});

test('a service without a port has no Service', () => {
  expect(kinds('command: [work]\nargs: [--fast]\nworkingDirectory: /app')).toEqual(['ServiceAccount', 'Deployment']);
  expect(containerOf('command: [work]\nargs: [--fast]\nworkingDirectory: /app')).toMatchObject({
    command: ['work'],
    args: ['--fast'],
    workingDir: '/app',
  });
});

test('variables come from every source, and refer to those that stand before', () => {
  const container = containerOf(`env:
  IP: { fieldRef: { fieldPath: status.podIP } }
  CPU: { resourceFieldRef: { resource: limits.cpu, divisor: 1m } }
  PASS: { secretKeyRef: { name: shop-secrets, key: DB_PASSWORD } }
  OTHER: { configMapKeyRef: { name: more, key: a.b, optional: true } }
  API: { service: api }
  CACHE: { datastore: redis }
  URL: http://$(IP):80/$$(IP)/$5
envFrom: [{ configMapRef: { name: more }, prefix: MORE_ }, { secretRef: { name: keys, optional: true } }]`);
  expect(container).toMatchObject({
    envFrom: [{ configMapRef: { name: 'more' }, prefix: 'MORE_' }, { secretRef: { name: 'keys', optional: true } }],
  });
  const env = valueAt(container, 'env');
  expect(Array.isArray(env) ? env.slice(-7) : env).toEqual([
    { name: 'IP', valueFrom: { fieldRef: { fieldPath: 'status.podIP' } } },
    { name: 'CPU', valueFrom: { resourceFieldRef: { resource: 'limits.cpu', divisor: '1m' } } },
    { name: 'PASS', valueFrom: { secretKeyRef: { name: 'shop-secrets', key: 'DB_PASSWORD' } } },
    { name: 'OTHER', valueFrom: { configMapKeyRef: { name: 'more', key: 'a.b', optional: true } } },
    { name: 'API', value: 'http://api:8080' },
    { name: 'CACHE', value: 'redis://redis:6379' },
    { name: 'URL', value: 'http://$(IP):80/$$(IP)/$$5' },
  ]);
});

test('telemetry has the attributes of the service, and its own name', () => {
  const container = containerOf('serviceName: shop-web\nresourceAttributes: { service.namespace: shop, team: a/b }');
  expect(JSON.stringify(container)).toContain(
    'deployment.environment.name=production,service.namespace=shop,team=a/b"',
  );
  expect(container).toMatchObject({ env: expect.arrayContaining([{ name: 'OTEL_SERVICE_NAME', value: 'shop-web' }]) });
});

test('volumes of every kind are mounted where they should be', () => {
  const pod = podOf(`volumes:
  - { name: conf, mountPath: /etc/web/web.conf, subPath: web.conf, readOnly: true, configMap: { name: web, items: [{ key: a, path: web.conf, mode: 420 }] } }
  - { name: keys, mountPath: /keys, secret: { secretName: keys, optional: true } }
  - { name: mem, mountPath: /mem, emptyDir: { medium: Memory, sizeLimit: 64Mi } }
  - { name: all, mountPath: /all, projected: { sources: [{ configMap: { name: a } }, { secret: { name: b } }] } }
  - { name: old, mountPath: /old, persistentVolumeClaim: { claimName: data-web-0 } }
  - { name: own, mountPath: /own, claim: { size: 1Gi } }
  - { name: side }`);
  expect(valueAt(pod, 'volumes')).toEqual(
    expect.arrayContaining([
      { name: 'conf', configMap: { name: 'web', items: [{ key: 'a', path: 'web.conf', mode: 420 }] } },
      { name: 'keys', secret: { secretName: 'keys', optional: true } },
      { name: 'mem', emptyDir: { medium: 'Memory', sizeLimit: '64Mi' } },
      { name: 'all', projected: { sources: [{ configMap: { name: 'a' } }, { secret: { name: 'b' } }] } },
      { name: 'old', persistentVolumeClaim: { claimName: 'data-web-0' } },
      { name: 'own', persistentVolumeClaim: { claimName: 'own' } },
      { name: 'side', emptyDir: {} },
    ]),
  );
  expect(valueAt(pod, 'containers', 0, 'volumeMounts')).toHaveLength(6);
  expect(valueAt(pod, 'containers', 0, 'volumeMounts', 0)).toEqual({
    name: 'conf',
    mountPath: '/etc/web/web.conf',
    subPath: 'web.conf',
    readOnly: true,
  });
});

test('the pod has what is written in the words of Kubernetes', () => {
  const objects = web(`podAnnotations: { sidecar.istio.io/inject: "true" }
podLabels: { team: web }
terminationGracePeriodSeconds: 5
imagePullSecrets: [registry]
nodeSelector: { disk: ssd }
tolerations: [{ key: a, operator: Exists, tolerationSeconds: 30 }]
affinity: { nodeAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 1, preference: { matchFields: [] } }] } }
topologySpreadConstraints: [{ maxSkew: 1, topologyKey: zone, whenUnsatisfiable: DoNotSchedule }]
initContainers: [{ name: wait, image: busybox:1, restartPolicy: Always }]
sidecars: [{ name: proxy, image: envoy:1, ports: [{ containerPort: 9901 }] }]
resources: { limits: { memory: 1Gi } }
enableServiceLinks: true`);
  expect(only(objects, 'Deployment')).toMatchObject({
    spec: {
      template: {
        metadata: { annotations: { 'sidecar.istio.io/inject': 'true' }, labels: { team: 'web' } },
        spec: {
          terminationGracePeriodSeconds: 5,
          imagePullSecrets: [{ name: 'registry' }],
          nodeSelector: { disk: 'ssd' },
          tolerations: [{ key: 'a', operator: 'Exists', tolerationSeconds: 30 }],
          affinity: { nodeAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 1 }] } },
          topologySpreadConstraints: [{ maxSkew: 1 }],
          initContainers: [{ name: 'wait', restartPolicy: 'Always' }],
          containers: [{ name: 'web', resources: { limits: { memory: '1Gi' } } }, { name: 'proxy' }],
          enableServiceLinks: true,
        },
      },
    },
  });
  expect(valueAt(only(objects, 'Deployment'), 'spec', 'selector', 'matchLabels')).not.toHaveProperty('team');
});

test.each([
  ['port: 80\nkind: statefulset', ['ServiceAccount', 'StatefulSet', 'Service'], 'k8s.statefulset.name=web'],
  ['kind: daemonset', ['ServiceAccount', 'DaemonSet'], 'k8s.daemonset.name=web'],
  ['kind: job', ['ServiceAccount', 'Job'], 'k8s.job.name=web'],
  ['kind: cronjob\nschedule: "0 3 * * *"', ['ServiceAccount', 'CronJob'], 'k8s.cronjob.name=web'],
])('%s is a workload of its kind, and its spans name it', (lines, expected, attribute) => {
  expect(kinds(lines)).toEqual(expected);
  expect(JSON.stringify(web(lines))).toContain(attribute);
});

test('each pod of a statefulset has its own claim, and the Service leads to the pods', () => {
  const objects = web(
    'port: 80\nkind: statefulset\nreplicas: 3\nvolumes: [{ name: data, mountPath: /data, claim: { size: 1Gi } }]',
  );
  expect(only(objects, 'StatefulSet')).toMatchObject({
    spec: { serviceName: 'web', volumeClaimTemplates: [{ kind: 'PersistentVolumeClaim', metadata: { name: 'data' } }] },
  });
  expect(only(objects, 'Service')).toMatchObject({ spec: { clusterIP: 'None' } });
});

test('a job ends, and starts again only when it fails', () => {
  expect(podOf('kind: job', 'Job')).toMatchObject({ restartPolicy: 'OnFailure' });
  expect(podOf('kind: job\nrestartPolicy: Never', 'Job')).toMatchObject({ restartPolicy: 'Never' });
});

test('an autoscaler sets the number of pods, and the Deployment names none', () => {
  const objects = web(
    'autoscaling: { minReplicas: 2, maxReplicas: 5, metrics: [{ type: Resource, resource: { name: memory, target: { type: Utilization, averageUtilization: 70 } } }] }\npodDisruptionBudget: { minAvailable: 50% }',
  );
  expect(valueAt(only(objects, 'Deployment'), 'spec')).not.toHaveProperty('replicas');
  expect(only(objects, 'HorizontalPodAutoscaler')).toMatchObject({
    apiVersion: 'autoscaling/v2',
    spec: {
      minReplicas: 2,
      maxReplicas: 5,
      scaleTargetRef: { kind: 'Deployment', name: 'web' },
      metrics: [{ resource: { name: 'memory', target: { averageUtilization: 70 } } }],
    },
  });
  expect(only(objects, 'PodDisruptionBudget')).toMatchObject({ spec: { minAvailable: '50%' } });
});

test('a ServiceAccount may be shared, annotated, and have its token mounted', () => {
  const own = web('serviceAccount: { name: cloud, annotations: { role: reader }, token: true }');
  expect(only(own, 'ServiceAccount')).toMatchObject({
    metadata: { name: 'cloud', annotations: { role: 'reader' } },
    automountServiceAccountToken: true,
  });
  expect(podOf('serviceAccount: { name: cloud, create: false, token: true }')).toMatchObject({
    serviceAccountName: 'cloud',
    automountServiceAccountToken: true,
  });
  expect(kinds('serviceAccount: { name: cloud, create: false }')).toEqual(['Deployment']);
});

test('what exists keeps its selector, labels and the name of its Service', () => {
  const objects = web(
    'port: 80\nselector: { app: web }\nlabels: { tier: front }\nservice: { name: web-svc, type: LoadBalancer, annotations: { a: b } }',
  );
  expect(only(objects, 'Deployment')).toMatchObject({
    metadata: { labels: { tier: 'front' } },
    spec: {
      selector: { matchLabels: { app: 'web' } },
      template: { metadata: { labels: { app: 'web', tier: 'front' } } },
    },
  });
  expect(valueAt(only(objects, 'Deployment'), 'spec', 'selector', 'matchLabels')).toEqual({ app: 'web' });
  expect(only(objects, 'Service')).toMatchObject({
    metadata: { name: 'web-svc', annotations: { a: 'b' } },
    spec: { type: 'LoadBalancer', selector: { app: 'web' } },
  });
});

test('a patch reaches every field, that of the service wins over that of the whole', () => {
  const objects = web(
    `port: 80
patch:
  Deployment:
    spec:
      minReadySeconds: 7
      template: { spec: { hostIPC: true, containers: [{ name: web, stdin: true }] } }
  Service: { spec: { sessionAffinity: ClientIP } }`,
    'patch: { Deployment: { spec: { minReadySeconds: 3, revisionHistoryLimit: 2 } } }\n',
  );
  expect(only(objects, 'Deployment')).toMatchObject({
    spec: {
      minReadySeconds: 7,
      revisionHistoryLimit: 2,
      template: { spec: { hostIPC: true, containers: [{ name: 'web', stdin: true, image: 'web:latest' }] } },
    },
  });
  expect(only(objects, 'Service')).toMatchObject({ spec: { sessionAffinity: 'ClientIP' } });
});

test('a field is removed by null, and all else stays', () => {
  const without = podOf('patch: { Deployment: { spec: { template: { spec: { enableServiceLinks: null } } } } }');
  expect(without).not.toHaveProperty('enableServiceLinks');
  expect(without).toMatchObject({ serviceAccountName: 'web' });
});
