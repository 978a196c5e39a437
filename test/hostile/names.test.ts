import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { capturedRun } from '../cli/captured-run.ts';
import { minimal } from '../config/minimal.ts';
import { placeAndCode, systemFile } from '../config/system-file.ts';
import { parseManifests } from '../support/synthesized.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { synthesizedSystem } from './support/synthesized-system.ts';

const { folder, load, check } = systemFile();

/** Names that every object of JavaScript has, or that something takes for more than a name. */
const inherited = [
  'constructor',
  'toString',
  'valueOf',
  'hasOwnProperty',
  'isPrototypeOf',
  'toLocaleString',
  'propertyIsEnumerable',
  '__defineGetter__',
  '__lookupSetter__',
  'then',
  'length',
  'resolve',
  'value',
  'toJSON',
];

/** Those that are names in Kubernetes as well. */
const dnsLabels = inherited.filter((name) => /^[a-z]+$/.test(name));

/** The output of a configuration, by path. */
const output = (text: string): ReadonlyMap<string, string> => synthesizedSystem(load(text));

const manifest = (files: ReadonlyMap<string, string>, path: string, kind: string): unknown =>
  parseManifests(files.get(path) ?? '').find((object) => object.kind === kind);

const gitops = [
  'gitops: { tool: k3s }',
  'gitops: { tool: argo-cd, repository: "https://git.example.com/shop" }',
  'gitops: { tool: flux }',
];

describe('a name that every object has is a name like any other in the configuration', () => {
  test.each(inherited)('as a key of the ConfigMap and as a variable: %s', (name) => {
    const read = output(minimal.replace('LOG_LEVEL: info', `${name}: text`).replace('[LOG_LEVEL]', `[${name}]`));
    expect(manifest(read, '10-config.yaml', 'ConfigMap')).toMatchObject({ data: { [name]: 'text' } });
    expect(read.get('30-api.yaml')).toContain(`key: ${name}\n`);
    const literal = output(minimal.replace('MODE: fast', `${name}: text`));
    expect(literal.get('30-api.yaml')).toContain(`- name: ${name}\n              value: text\n`);
  });

  test.each(dnsLabels)('as the name of everything that has one: %s', (name) => {
    for (const tool of gitops) {
      const files = output(
        `${minimal}
objectives: { latency: { within: 500ms } }
forecast: { services: { ${name}: { operations: [{ name: ${name}, attributes: { ${name}: [a, b] } }] } } }
${tool}
`
          .replaceAll('name: shop', `name: ${name}`)
          .replace('namespace: shop', `namespace: ${name}`)
          .replace('name: api\n', `name: ${name}\n`)
          .replace('service: api }', `service: ${name} }`)
          .replace('name: postgresql', `name: ${name}-db`)
          .replace('keys: [DB_PASSWORD', `keys: [${name}, DB_PASSWORD`)
          .replace('port: 8081', `port: 8081\n    secretKeys: [${name}]`)
          .replace('name: api-data', `name: ${name}`)
          .replace('[k8s.pod.name]', `[k8s.pod.name, ${name}]`)
          .replace('enabled: true', `policies: [{ name: ${name}, type: drop, ${name}: { ${name}: 1 } }]`),
      );
      expect(manifest(files, `30-${name}.yaml`, 'Deployment')).toMatchObject({ metadata: { name, namespace: name } });
      expect([...files.values()].join('')).toContain(`${name}:\n`);
    }
  });

  test.each(dnsLabels)('as the name of a datastore, with its SQL: %s', (name) => {
    writeFileSync(join(folder, `${name}.sql`), 'CREATE TABLE item ();\n');
    const files = output(
      minimal
        .replaceAll('redis', name)
        .replace(`type: ${name}`, `type: redis`)
        .replace('database: shop', `database: shop\n    initSql: [${name}.sql]`),
    );
    expect(manifest(files, `20-${name}.yaml`, 'StatefulSet')).toMatchObject({ metadata: { name } });
    expect(manifest(files, '20-postgresql.yaml', 'ConfigMap')).toMatchObject({
      data: { [`${name}.sql`]: 'CREATE TABLE item ();\n' },
    });
  });

  test.each([
    ['    LOG_LEVEL: info', '    __proto__: info', '17:5 config/key-not-text'],
    ['MODE: fast', '__proto__: fast', '32:12 config/key-not-text'],
    ['service: web }', 'service: web }\n  __proto__: 1', '55:3 config/key-not-text'],
    ['service: web }', 'service: web }\nlint: { rules: { constructor: error } }', '55:18 config/invalid-key'],
    ['service: web }', 'service: web }\nlint: { rules: { __proto__: error } }', '55:18 config/key-not-text'],
    ['service: web }', 'service: web }\nconstructor: 1', '55:1 config/unknown-key'],
    ['datastore: redis', 'datastore: constructor', '18:29 config/valid-reference'],
    ['type: redis', 'type: constructor', '43:11 config/invalid-value'],
    ['enabled: true', 'toString: true', '13:5 config/unknown-key'],
  ])('and refused in its place where it is none: %s → %s', (from, to, expected) => {
    expect(check(minimal.replace(from, to)).map(placeAndCode)).toEqual([expected]);
  });
});

describe('a name that every object has is no rule', () => {
  test.each(['constructor', '__proto__', 'toString', 'hasOwnProperty'])('%s', async (name) => {
    const explained = await capturedRun('lint', '--explain', name);
    expect([explained.status, explained.stdout]).toEqual([2, expect.stringContaining(`there is no rule ${name}`)]);
    const set = await capturedRun('lint', 'dist', '--rule', `${name}=error`);
    expect([set.status, set.stdout]).toEqual([2, expect.stringContaining(`there is no rule ${name}`)]);
    expect((await capturedRun('explain', name, 'dist')).status).toBe(2);
  });
});

/** Manifests and values in which every name that a user chooses is this one. */
const named = (name: string) => `
apiVersion: v1
kind: ConfigMap
metadata: { name: ${name}, namespace: ${name} }
data: { ${name}: "http://agent.otel:4317" }
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
  namespace: ${name}
  annotations: { ${name}: a, "podhost.dev/ignore-${name}": because }
spec:
  selector: { matchLabels: { ${name}: ${name} } }
  template:
    metadata: { labels: { ${name}: ${name} }, annotations: { ${name}: a } }
    spec:
      containers:
        - name: ${name}
          image: ${name}
          envFrom: [{ configMapRef: { name: ${name} } }]
          env:
            - { name: ${name}, value: "$(${name})" }
            - { name: OTEL_EXPORTER_OTLP_ENDPOINT, valueFrom: { configMapKeyRef: { name: ${name}, key: ${name} } } }
            - { name: OTEL_EXPORTER_OTLP_PROTOCOL, value: ${name} }
            - { name: OTEL_TRACES_SAMPLER, value: ${name} }
            - { name: OTEL_SERVICE_NAME, value: ${name} }
            - { name: OTEL_RESOURCE_ATTRIBUTES, value: "${name}=${name}" }
      volumes: [{ name: ${name}, configMap: { name: ${name} } }]
---
apiVersion: v1
kind: Service
metadata: { name: ${name}, namespace: ${name} }
spec: { selector: { ${name}: other }, ports: [{ name: ${name}, port: 80, targetPort: ${name} }] }
---
apiVersion: v1
kind: ConfigMap
metadata: { name: agent, namespace: otel }
data:
  ${name}: |
    receivers: { otlp: { protocols: { grpc: { endpoint: "0.0.0.0:4317" }, ${name}: {} } }, ${name}: {} }
    processors: { ${name}: { ${name}: 1 }, "filter/${name}": { traces: { span: ['attributes["${name}"] == nil'] } } }
    connectors: { spanmetrics: { dimensions: [{ name: ${name} }] }, ${name}: {} }
    exporters: { ${name}: {}, debug: {} }
    service:
      pipelines:
        traces: { receivers: [otlp], processors: [${name}], exporters: [spanmetrics, ${name}] }
        metrics: { receivers: [spanmetrics], exporters: [${name}, debug] }
        ${name}: { receivers: [otlp], exporters: [${name}] }
---
apiVersion: apps/v1
kind: DaemonSet
metadata: { name: agent, namespace: otel }
spec:
  template:
    metadata: { labels: { app: agent } }
    spec:
      hostNetwork: true
      containers: [{ name: otelcol, image: otel/opentelemetry-collector-contrib:1 }]
      volumes: [{ name: config, configMap: { name: agent, items: [{ key: ${name}, path: ${name} }] } }]
---
apiVersion: v1
kind: Service
metadata: { name: agent, namespace: otel }
spec: { selector: { app: agent }, ports: [{ port: 4317 }] }
---
global: { domain: eu2.coralogix.com, clusterName: ${name}, ${name}: 1 }
${name}: { ${name}: 1 }
opentelemetry-agent:
  mode: ${name}
  ${name}: 1
  service: { enabled: true, ${name}: 1 }
  podLabels: { ${name}: ${name} }
  presets:
    ${name}: { enabled: true }
    spanMetrics: { enabled: true, ${name}: 1, extraDimensions: [{ name: ${name} }, { glob: ${name} }] }
  config: { connectors: { ${name}: {} }, service: { pipelines: { ${name}: { exporters: [${name}] } } } }
`;

describe('a name that every object has is a name like any other in manifests and values', () => {
  test.each([...inherited, '__proto__'])('%s', async (name) => {
    const own = temporaryFolder();
    writeFileSync(join(own, 'a.yaml'), named(name));
    const spans = {
      resourceSpans: [
        {
          resource: { attributes: [{ key: 'service.name', value: { stringValue: name } }] },
          scopeSpans: [{ spans: [{ name, kind: 2, attributes: [{ key: name, value: { stringValue: name } }] }] }],
        },
      ],
    };
    writeFileSync(join(own, 'spans.json'), JSON.stringify(spans));
    const runs = [
      await capturedRun('lint', join(own, 'a.yaml')),
      await capturedRun('explain', name, join(own, 'a.yaml')),
      await capturedRun('forecast', join(own, 'a.yaml')),
      await capturedRun('collectors', join(own, 'a.yaml')),
      await capturedRun('collectors', join(own, 'a.yaml'), '--format', 'mermaid'),
      await capturedRun('forecast', join(own, 'a.yaml'), '--spans', join(own, 'spans.json'), '--format', 'json'),
    ];
    for (const { status, stdout, stderr } of runs) {
      expect([0, 1]).toContain(status);
      expect(stdout + stderr).not.toMatch(/native code|\[object|\bundefined\b|\bNaN\b|rule-failed|defect/);
    }
  });
});
