import { App, Chart, Testing } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { expect, test } from 'vitest';
import { InstrumentedService } from '../../lib/constructs/instrumented-service.ts';
import type { InstrumentedServiceProps } from '../../lib/constructs/instrumented-service-props.ts';
import { renderApp } from '../../lib/synth/render-app.ts';
import { toYaml } from '../../lib/yaml/to-yaml.ts';
import { testConfig, testSecret } from '../support/application.ts';
import { kindsOf, only, synthesized } from '../support/synthesized.ts';

type Minimal = Pick<InstrumentedServiceProps, 'name' | 'partOf' | 'image' | 'version' | 'port'>;

const minimal: Minimal = { name: 'api', partOf: 'demo', image: 'api:1', version: '1.0.0', port: 8080 };

const service = (props: Partial<InstrumentedServiceProps> = {}, data: Record<string, string> = {}) =>
  synthesized((chart) => {
    new InstrumentedService(chart, 'Service', { ...minimal, config: testConfig(chart, data), ...props });
  });

test('InstrumentedService has defaults for all but its required props', () => {
  const objects = service();
  expect(kindsOf(objects)).toEqual(['ConfigMap', 'ServiceAccount', 'Deployment', 'Service']);
  expect(toYaml(only(objects, 'Deployment'))).toMatchSnapshot();
  expect(toYaml(only(objects, 'Service'))).toMatchSnapshot();
});

const environmentOf = (objects: ReturnType<typeof service>) =>
  toYaml(only(objects, 'Deployment')).split('\n').join(' ').replaceAll(/\s+/g, ' ');

test('on the network of the node a service finds other Services by name, unless another resolver is given', () => {
  const policyOf = (pod: object) => /dnsPolicy: \S+/.exec(environmentOf(service({ pod: { ...pod } })))?.[0];
  expect(policyOf({ hostNetwork: true })).toBe('dnsPolicy: ClusterFirstWithHostNet');
  expect(policyOf({ hostNetwork: true, dnsPolicy: 'None' })).toBe('dnsPolicy: None');
  expect(policyOf({ hostNetwork: false })).toBeUndefined();
});

test('a service that sends by http/protobuf reads the endpoint of its port, and restarts when that changes', () => {
  const withHttp = (httpEndpoint: string) =>
    synthesized((chart) => {
      const config = testConfig(chart, {}, httpEndpoint);
      new InstrumentedService(chart, 'Service', { ...minimal, config, protocol: 'http/protobuf' });
    });
  const text = environmentOf(withHttp('http://coralogix-opentelemetry-collector:4318'));
  expect(text).toContain('name: OTEL_EXPORTER_OTLP_PROTOCOL value: http/protobuf');
  expect(text).toContain('key: OTEL_EXPORTER_OTLP_HTTP_ENDPOINT');
  expect(environmentOf(withHttp('http://other:4318'))).not.toBe(text);
  expect(() => service({ protocol: 'http/protobuf' })).toThrow('has no key OTEL_EXPORTER_OTLP_HTTP_ENDPOINT');
});

test.each([
  [{}, undefined, undefined],
  [{ captureContent: true }, 'true', '"512"'],
  [{ captureContent: true, spanAttributeLimit: 256 }, 'true', '"256"'],
  [{ spanAttributeLimit: 300 }, undefined, '"300"'],
  [{ captureContent: true, env: { OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT: '900' } }, 'true', '"900"'],
])('%j captures content and limits attributes as asked, once each', (props, captured, limit) => {
  const text = environmentOf(service(props));
  const values = (name: string) =>
    [...text.matchAll(new RegExp(`name: ${name} value: (\\S+)`, 'g'))].map(([, value]) => value);
  const content = values('OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT').map((value) =>
    value?.replaceAll('"', ''),
  );
  expect(content).toEqual(captured === undefined ? [] : [captured]);
  expect(values('OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT')).toEqual(limit === undefined ? [] : [limit]);
});

test('InstrumentedService takes all its props', () => {
  const objects = synthesized((chart) => {
    const props: Required<Omit<InstrumentedServiceProps, 'autoscaling'>> = {
      ...minimal,
      port: 8080,
      kind: 'Deployment',
      schedule: '',
      command: ['node'],
      args: ['main.js'],
      containerName: 'main',
      workingDirectory: '/app',
      targetPort: 8081,
      ports: [{ name: 'admin', port: 9000 }],
      serviceName: 'shop-api',
      resourceAttributes: { 'service.namespace': 'shop' },
      probes: { startup: 'none', liveness: { tcpSocket: { port: k8s.IntOrString.fromString('http') } } },
      envFrom: [{ configMapRef: { name: 'more' } }],
      hardened: true,
      pod: { tolerations: [{ operator: 'Exists' }] },
      patch: { Service: { spec: { sessionAffinity: 'ClientIP' } } },
      service: { name: 'api-svc', type: 'LoadBalancer', headless: false, annotations: { a: 'b' } },
      serviceAccount: { name: 'account', create: true, annotations: { role: 'reader' }, token: true },
      podDisruptionBudget: { minAvailable: '1' },
      selector: { app: 'api' },
      labels: { tier: 'back' },
      annotations: { owner: 'team' },
      podAnnotations: { scrape: 'true' },
      podLabels: { zone: 'a' },
      enableServiceLinks: true,
      restartPolicy: 'Always',
      config: testConfig(chart, { REDIS_URL: 'redis://redis:6379' }),
      protocol: 'grpc',
      captureContent: true,
      spanAttributeLimit: 256,
      nodePort: 30010,
      healthPath: '/ready',
      replicas: 2,
      imagePullPolicy: 'Always',
      configKeys: ['REDIS_URL'],
      secret: testSecret(chart, 'TOKEN'),
      secretKeys: ['TOKEN'],
      env: { GREETING: 'hello $(USER) of $(REDIS_URL)' },
      resources: { requests: { cpu: '1', memory: '1Gi' }, limits: { cpu: '2', memory: '2Gi' } },
      volumes: [
        {
          name: 'shared',
          mountPath: '/shared',
          claim: { size: '1Gi', accessMode: 'ReadWriteMany', storageClassName: 'nfs' },
        },
        { name: 'cache', mountPath: '/cache' },
      ],
      runAsUser: 33,
      readOnlyRootFilesystem: false,
    };
    new InstrumentedService(chart, 'Service', props);
  });
  expect(kindsOf(objects).slice(1)).toEqual([
    'ServiceAccount',
    'PersistentVolumeClaim',
    'Deployment',
    'Service',
    'PodDisruptionBudget',
  ]);
  expect(toYaml(only(objects, 'Deployment'))).toMatchSnapshot();
  expect(toYaml(only(objects, 'PersistentVolumeClaim'))).toMatchSnapshot();
  expect(toYaml(only(objects, 'PodDisruptionBudget'))).toMatchSnapshot();
  expect(toYaml(only(objects, 'Service'))).toMatchSnapshot();
  expect(toYaml(only(objects, 'ServiceAccount'))).toMatchSnapshot();
});

test('a volume that one pod alone can write means that the old pod stops first', () => {
  const objects = service({ volumes: [{ name: 'data', mountPath: '/data', claim: { size: '1Gi' } }] });
  expect(only(objects, 'Deployment')).toMatchObject({ spec: { strategy: { type: 'Recreate' } } });
  expect(only(objects, 'Deployment')).not.toHaveProperty('spec.replicas');
});

test('several replicas of such a volume are refused', () => {
  expect(() =>
    service({ replicas: 2, volumes: [{ name: 'data', mountPath: '/data', claim: { size: '1Gi' } }] }),
  ).toThrow('api: replicas is 2, but volume data is ReadWriteOnce: write replicas 1 or accessMode ReadWriteMany');
});

test('a key that does not exist is refused, with the keys that do', () => {
  const chart = new Chart(Testing.app(), 'test');
  const config = testConfig(chart);
  expect(() => new InstrumentedService(chart, 'A', { ...minimal, config, configKeys: ['REDIS_URI'] })).toThrow(
    'ConfigMap demo-config has no key REDIS_URI; it has OTEL_EXPORTER_OTLP_ENDPOINT, CX_DOMAIN',
  );
  expect(() => new InstrumentedService(chart, 'B', { ...minimal, config, secretKeys: ['TOKEN'] })).toThrow(
    'api: secretKeys names TOKEN, but secret is not given',
  );
  const secret = testSecret(chart, 'PASSWORD');
  expect(() => new InstrumentedService(chart, 'C', { ...minimal, config, secret, secretKeys: ['TOKEN'] })).toThrow(
    'Secret demo-secrets has no key TOKEN; it has PASSWORD',
  );
});

test('a changed value restarts the pods that read it and no others', () => {
  const checksum = (configKeys: string[], data: Record<string, string>) => {
    const deployment = only(service({ configKeys }, data), 'Deployment');
    return JSON.stringify(deployment['spec']).match(/"checksum\/config":"(\w+)"/)?.[1];
  };
  const before = { A: '1', B: '1' };
  const after = { A: '2', B: '1' };
  expect(checksum(['A'], before)).not.toBe(checksum(['A'], after));
  expect(checksum(['B'], before)).toBe(checksum(['B'], after));
  expect(checksum([], before)).toMatch(/^\w{16}$/);
});

test('the selector holds nothing that a new version would change', () => {
  const selector = (version: string) => {
    const deployment = only(service({ version }), 'Deployment');
    expect(deployment).toHaveProperty('spec.selector.matchLabels');
    return JSON.stringify(deployment).match(/"selector":(\{.*?\}\})/)?.[1];
  };
  expect(selector('1.0.0')).toBeDefined();
  expect(selector('1.0.0')).toBe(selector('2.0.0'));
});

function appWith(namespaceOfConfig: string | undefined, namespaceOfService: string | undefined): App {
  const app = new App();
  const chart = new Chart(app, 'config', { namespace: namespaceOfConfig });
  new InstrumentedService(new Chart(app, 'api', { namespace: namespaceOfService }), 'Service', {
    name: 'api',
    partOf: 'demo',
    image: 'api:1',
    version: '1.0.0',
    port: 8080,
    config: testConfig(chart),
    secret: testSecret(chart, 'TOKEN'),
    secretKeys: ['TOKEN'],
  });
  return app;
}

test('a service whose ConfigMap and Secret are in another namespace is refused', () => {
  expect(() => renderApp(appWith('shared', 'shop'))).toThrow(
    /api\/Service: its pods are in namespace shop and cannot read ConfigMap demo-config in namespace shared: .*\n.*Secret demo-secrets/,
  );
});

test.each([
  ['shop', 'shop'],
  [undefined, undefined],
  ['default', undefined],
])('namespace %s beside namespace %s is fine', (config, service) => {
  expect(renderApp(appWith(config, service))).toHaveLength(2);
});
