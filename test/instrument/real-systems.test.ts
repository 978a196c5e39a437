import { expect, test } from 'vitest';
import { lintSources } from '../../lib/lint/lint-sources.ts';
import { brokenHops, walkedPaths } from '../../lib/model/path/walked-path.ts';
import { toYaml } from '../../lib/yaml/to-yaml.ts';
import { collector } from '../model/support/small-system.ts';
import { contract, instrumented } from './support/instrumented.ts';

const alias = `apiVersion: v1
kind: Service
metadata: { name: coralogix-opentelemetry-collector, namespace: shop }
spec: { type: ExternalName, externalName: agent.otel.svc.cluster.local }
`;

/** An agent that takes both protocols, and the name for it in the application's namespace. */
const around = [
  ...collector({
    receiver: { grpc: { endpoint: '0.0.0.0:4317' }, http: { endpoint: '0.0.0.0:4318' } },
    service: { ports: [{ port: 4317 }, { port: 4318 }] },
  }).map((object) => toYaml(object)),
  alias,
].join('---\n');

const workload = (pod: string, { kind = 'Deployment', metadata = 'labels: { app: web }' } = {}) => `apiVersion: apps/v1
kind: ${kind}
metadata: { name: web, namespace: shop }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata:
      ${metadata}
    spec:
      ${pod.trim().replaceAll('\n', '\n      ')}
`;

const shared = `apiVersion: v1
kind: ConfigMap
metadata: { name: shared, namespace: shop }
data:
  OTEL_EXPORTER_OTLP_ENDPOINT: collector.observability:4317
  JVM_OPTS: -Xmx512m
---
`;

/** What workloads of public systems have, reduced to one trait each. */
const traits: readonly (readonly [trait: string, text: string])[] = [
  [
    'gRPC servers with probes of gRPC, no variables of an SDK',
    workload(`
serviceAccountName: web
terminationGracePeriodSeconds: 5
securityContext: { fsGroup: 1000, runAsNonRoot: true }
containers:
- name: server
  image: registry.example/shop/cartservice:v0.10.6
  ports:
  - containerPort: 7070
  env:
  - name: REDIS_ADDR
    value: "redis-cart:6379"
  readinessProbe:
    grpc: { port: 7070 }
`),
  ],
  [
    'env in front of the image, which has a tag and a digest, and two envFrom',
    shared +
      workload(
        `
containers:
  - env:
      - name: JVM_OPTS
        value: -Xmx256m
    envFrom:
      - configMapRef: { name: shared }
      - secretRef: { name: unread }
    image: registry.example/bank/balancereader:v0.6.10@sha256:${'0123456789abcdef'.repeat(4)}
    name: balancereader
`,
        {
          metadata: `annotations:
        proxy.example/config: '{ "holdApplicationUntilProxyStarts": true }'
      labels: { app: web }`,
        },
      ),
  ],
  [
    'an endpoint put together from a name, attributes in part, a service name from a label',
    workload(`
initContainers:
  - command: [sh, -c, "until nc -z kafka 9092; do sleep 2; done;"]
    image: busybox:1.37
    name: wait-for-kafka
containers:
  - name: app
    image: 'registry.example/demo:3.0.0-accounting'
    env:
      - name: OTEL_SERVICE_NAME
        valueFrom: { fieldRef: { apiVersion: v1, fieldPath: "metadata.labels['app']" } }
      - name: OTEL_COLLECTOR_NAME
        value: otel-collector
      - name: OTEL_EXPORTER_OTLP_ENDPOINT
        value: http://$(OTEL_COLLECTOR_NAME):4318
      - name: OTEL_RESOURCE_ATTRIBUTES
        value: service.version=3.0.0,service.criticality=low
`),
  ],
  [
    'two programs in a pod, each with an endpoint of its own',
    workload(`
containers:
  - name: flagd
    image: registry.example/flagd:v1
    env: [{ name: OTEL_EXPORTER_OTLP_ENDPOINT, value: "http://otel:4317" }]
  - name: flagd-ui
    image: registry.example/demo:3.0.0-flagd-ui
    env: [{ name: OTEL_EXPORTER_OTLP_ENDPOINT, value: "http://otel:4318" }, { name: PORT, value: "4000" }]
`),
  ],
  [
    'an endpoint without a scheme, of the node, behind a key of a ConfigMap that was not read',
    workload(`
containers:
  - name: api
    image: shop-api:latest
    imagePullPolicy: Never  # built on the node
    command: ["python", "services/api.py"]
    env:
      - name: HOST_IP
        valueFrom:
          fieldRef:
            fieldPath: status.hostIP
      - name: OTEL_EXPORTER_OTLP_ENDPOINT
        valueFrom:
          configMapKeyRef:
            name: unread
            key: OTEL_EXPORTER_OTLP_ENDPOINT
      - name: OTEL_RESOURCE_ATTRIBUTES
        value: "service.name=api,k8s.pod.ip=$(HOST_IP)"
`),
  ],
  [
    'a DaemonSet on the network of its node',
    workload(
      `
hostNetwork: true
dnsPolicy: ClusterFirstWithHostNet
containers:
  - { name: probe, image: "registry.example/probe:2" }
`,
      { kind: 'DaemonSet' },
    ),
  ],
];

/** Rules about what a workload itself says. */
const aboutWorkloads =
  /no-unexpanded|valid-pod-identity|valid-otlp-(endpoint|protocol)|no-direct-export|require-(service-name|pod-uid)|unique-variable/;

test.each(traits)('every span arrives of %s', (_, text) => {
  const endpoint = { ...contract, replaces: true };
  const after = instrumented(text, { endpoint, environment: 'production' });
  const { model, result } = lintSources([{ file: 'app.yaml', text: `${after.text}---\n${around}` }]);
  const containers = model.workloads.find(({ name }) => name === 'web')?.containers.length;
  const paths = walkedPaths(model).filter(
    ({
      sender: {
        workload: { name },
      },
    }) => name === 'web',
  );
  expect(paths).toHaveLength(containers ?? 0);
  expect(brokenHops(model).map(({ hop }) => hop.message)).toEqual([]);
  expect(
    paths.flatMap(({ hops }) => hops.filter(({ status }) => status !== 'ok').map(({ message }) => message)),
  ).toEqual([]);
  expect(result.findings.filter(({ rule }) => aboutWorkloads.test(rule.id)).map(({ message }) => message)).toEqual([]);
  expect(instrumented(after.text, { endpoint, environment: 'production' }).text).toBe(after.text);
  expect(instrumented(after.text, { removes: true }).text).toBe(text);
});

test.each([
  ['hostNetwork: true', 'ClusterFirstWithHostNet'],
  ['dnsPolicy: Default', 'ClusterFirst'],
])('pods with %s are warned of a resolver that knows no Service', (pod, policy) => {
  const text = workload(`\n${pod}\ncontainers:\n  - { name: web, image: "registry.example/web:2" }\n`);
  const message = `the pods ask the resolver of the node, which knows no Service; write dnsPolicy: ${policy}`;
  expect(instrumented(text).objects).toMatchObject([
    { plan: { warnings: expect.arrayContaining([{ code: 'node-resolver', message }]) } },
  ]);
});
