import { describe, expect, test } from 'vitest';
import { codesOf, contract, deployment, envOf, field, instrumented, literal } from './support/instrumented.ts';

const attributes = 'OTEL_RESOURCE_ATTRIBUTES';
const endpoint = 'OTEL_EXPORTER_OTLP_ENDPOINT';

/** The environment and the codes of a Deployment's container once it is instrumented. */
function judge(
  env: string,
  options: Parameters<typeof instrumented>[1] & { container?: string; image?: string; meta?: string } = {},
) {
  const { container, image, meta, ...context } = options;
  const result = instrumented(deployment(env, { container, image, meta }), context);
  const lines = envOf(result.text);
  const find = (name: string) => lines.find((line) => line.startsWith(name))?.slice(name.length);
  return {
    lines,
    find,
    pairs: find(attributes)?.slice(1).split(',') ?? [],
    ...codesOf(result),
    object: result.objects[0],
  };
}

test('a container without variables gets all of them, in the order in which the kubelet expands them', () => {
  expect(judge('', { environment: 'production' }).lines).toEqual([
    'K8S_POD_NAME<metadata.name>',
    'K8S_POD_UID<metadata.uid>',
    'K8S_POD_IP<status.podIP>',
    'K8S_NODE_NAME<spec.nodeName>',
    'K8S_NAMESPACE_NAME<metadata.namespace>',
    'OTEL_SERVICE_NAME=web',
    'OTEL_EXPORTER_OTLP_PROTOCOL=grpc',
    'OTEL_EXPORTER_OTLP_ENDPOINT=http://coralogix-opentelemetry-collector:4317',
    `OTEL_RESOURCE_ATTRIBUTES=${[
      'k8s.pod.name=$(K8S_POD_NAME)',
      'k8s.pod.uid=$(K8S_POD_UID)',
      'k8s.pod.ip=$(K8S_POD_IP)',
      'k8s.node.name=$(K8S_NODE_NAME)',
      'k8s.namespace.name=$(K8S_NAMESPACE_NAME)',
      'k8s.deployment.name=web',
      'k8s.container.name=app',
      'deployment.environment=production',
      'deployment.environment.name=production',
      'service.version=1.2',
      'service.instance.id=$(K8S_POD_UID)',
    ].join(',')}`,
  ]);
});

test('the two names by which the operator recognizes its own work are never used', () => {
  const names = judge('').lines.join(' ');
  expect(names).not.toMatch(/OTEL_RESOURCE_ATTRIBUTES_(NODE|POD)_NAME/);
});

describe('resource attributes', () => {
  test('are merged behind those that are there, with the variables in front of them', () => {
    const { lines, pairs, changes } = judge(
      literal('A', '1') + literal(attributes, 'team=core,k8s.container.name=x') + literal('B', '2'),
    );
    expect(lines.map((line) => line.split(/[=<]/)[0])).toEqual([
      'A',
      'K8S_POD_NAME',
      'K8S_POD_UID',
      'K8S_POD_IP',
      'K8S_NODE_NAME',
      'K8S_NAMESPACE_NAME',
      'OTEL_SERVICE_NAME',
      'OTEL_EXPORTER_OTLP_PROTOCOL',
      'OTEL_EXPORTER_OTLP_ENDPOINT',
      attributes,
      'B',
    ]);
    expect(pairs.slice(0, 3)).toEqual(['team=core', 'k8s.container.name=x', 'k8s.pod.name=$(K8S_POD_NAME)']);
    expect(changes).toContain('attributes-merged');
  });

  test.each([
    ['k8s.pod.ip=$(HOST_IP)', field('HOST_IP', 'status.hostIP')],
    ['k8s.pod.ip=10.0.0.1', ''],
    ['k8s.pod.ip=$(POD_IP)', ''],
    ['k8s.node.name=by-hand', ''],
    ['k8s.pod.name=web', ''],
  ])('%s is corrected', (pair, before) => {
    const { pairs, changes } = judge(before + literal(attributes, `a=b,${pair},c=d`));
    const key = pair.split('=')[0];
    expect(pairs.filter((found) => found.startsWith(`${key}=`))).toEqual([expect.stringMatching(/=\$\(K8S_/)]);
    expect([pairs[0], pairs[2]]).toEqual(['a=b', 'c=d']);
    expect(changes).toContain('wrong-attribute');
  });

  test('a field under any name is used where it stands before them', () => {
    const { pairs, lines } = judge(field('MY_IP', 'status.podIP') + literal(attributes, 'k8s.pod.ip=$(MY_IP)'));
    expect(pairs[0]).toBe('k8s.pod.ip=$(MY_IP)');
    expect(lines.join()).not.toContain('K8S_POD_IP');
  });

  test('a name that something else has is not used', () => {
    const { lines, pairs } = judge(literal('K8S_POD_IP', '1.2.3.4'));
    expect(lines[0]).toBe('K8S_POD_IP=1.2.3.4');
    expect(pairs).toContain('k8s.pod.ip=$(PODHOST_K8S_POD_IP)');
  });

  test('what they refer to moves in front of them', () => {
    const { lines, changes } = judge(
      literal(attributes, 'team=$(TEAM)') + literal('TEAM', '$(ORG)-x') + literal('ORG', 'acme'),
    );
    expect(lines.slice(0, 2)).toEqual(['ORG=acme', 'TEAM=$(ORG)-x']);
    expect(changes).toContain('reference-before-definition');
  });

  test('what several variables refer to moves before each of them, and no further', () => {
    const { lines } = judge(
      literal('OTEL_SERVICE_NAME', '$(NAME)') +
        literal('ORG', 'acme') +
        literal(attributes, 'team=$(TEAM)') +
        literal('TEAM', '$(ORG)-x') +
        literal('NAME', 'shop'),
    );
    const names = lines.map((line) => line.split(/[=<]/)[0]).filter((name) => !/^(K8S|OTEL_EXP)/.test(name ?? ''));
    expect(names).toEqual(['NAME', 'OTEL_SERVICE_NAME', 'ORG', 'TEAM', attributes]);
  });

  test('a field of the pod that is referred to by a usual name is declared', () => {
    const { lines, changes } = judge(literal('OTEL_SERVICE_NAME', 'shop-$(MY_POD_NAMESPACE)') + literal('A', 'b'));
    expect(lines[0]).toBe('MY_POD_NAMESPACE<metadata.namespace>');
    expect(lines).toContain('OTEL_SERVICE_NAME=shop-$(MY_POD_NAMESPACE)');
    expect(changes).toContain('reference-without-definition');
  });

  test('on the network of the node the address is left out, and taken out', () => {
    const pod = 'hostNetwork: true';
    const { text } = instrumented(deployment(literal(attributes, 'k8s.pod.ip=$(IP),a=b'), { pod }));
    const value = envOf(text).find((line) => line.startsWith(attributes));
    expect(value).toMatch(/=a=b,k8s.pod.name=.*k8s.pod.uid=/);
    expect(value).not.toContain('k8s.pod.ip');
    expect(instrumented(text, { removes: true }).text).toContain('value: k8s.pod.ip=$(IP),a=b');
  });

  test('a reference that nothing declares is named', () => {
    expect(judge(literal(attributes, 'team=$(TEAM)')).warnings).toEqual(['undefined-reference']);
    expect(judge(literal(attributes, 'at=$(SHOP_SERVICE_HOST)')).warnings).toEqual([]);
  });

  test('a pair for which JavaScript ignores all of them is named', () => {
    expect(judge(literal(attributes, 'query=a=b')).warnings).toEqual(['malformed-attributes']);
  });

  test('an environment that is there is kept, and its other name gets the same value', () => {
    const { pairs } = judge(literal(attributes, 'deployment.environment=staging'), { environment: 'production' });
    expect(pairs.filter((pair) => pair.startsWith('deployment.'))).toEqual([
      'deployment.environment=staging',
      'deployment.environment.name=staging',
    ]);
  });

  test('those of a ConfigMap stay in front of the new ones', () => {
    const { lines, pairs } = judge(`
            - name: ${attributes}
              valueFrom:
                configMapKeyRef: { name: shared, key: attributes }`);
    expect(lines).toContain(
      'PODHOST_RESOURCE_ATTRIBUTES from {"configMapKeyRef":{"name":"shared","key":"attributes"}}',
    );
    expect(pairs.slice(0, 2)).toEqual(['$(PODHOST_RESOURCE_ATTRIBUTES)', 'k8s.pod.name=$(K8S_POD_NAME)']);
  });

  const shared =
    'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: shared }\ndata: { OTEL_RESOURCE_ATTRIBUTES: "team=core" }\n';
  const envFrom = 'envFrom: [{ configMapRef: { name: shared } }]';

  test('those of envFrom stay in front of the new ones', () => {
    const { pairs, warnings } = judge('', { container: envFrom, beside: shared });
    expect(pairs.slice(0, 2)).toEqual(['$(OTEL_RESOURCE_ATTRIBUTES)', 'k8s.pod.name=$(K8S_POD_NAME)']);
    expect(warnings).toEqual([]);
  });

  test('a value that refers to that of envFrom is right, and nothing is wrong with it', () => {
    const { text } = instrumented(deployment('', { container: envFrom }), { beside: shared });
    const foreign = text.replace(/\n *annotations:\n *podhost.*/, '');
    const again = instrumented(foreign, { beside: shared });
    expect([again.objects[0]?.status, again.text]).toEqual(['already right', foreign]);
    expect(codesOf(again).warnings).toEqual([]);
  });

  test('an envFrom that was not read is named, because it may hold some', () => {
    expect(judge('', { container: envFrom }).warnings).toEqual(['unknown-env-from']);
  });

  test('a value that SDKs read in different ways is left out and named', () => {
    const { pairs, warnings } = judge('', {
      meta: "\n      annotations:\n        resource.opentelemetry.io/team: 'a b'\n        resource.opentelemetry.io/service.namespace: shop",
    });
    expect(pairs).toContain('service.namespace=shop');
    expect(pairs.join()).not.toContain('team');
    expect(warnings).toEqual(['unsafe-value']);
  });

  test('of two containers each is an instance of its own', () => {
    const { text } = instrumented(`${deployment('')}\n        - name: worker\n          image: acme/worker:1\n`);
    expect(text).toMatch(/service\.instance\.id=\$\(K8S_POD_UID\)\.app\n/);
    expect(text).toMatch(/service\.instance\.id=\$\(K8S_POD_UID\)\.worker\n/);
    const beside = instrumented(`${deployment('')}\n        - name: cache\n          image: redis:7\n`);
    expect(beside.text).toMatch(/service\.instance\.id=\$\(K8S_POD_UID\)\n/);
  });

  test('the version is the label, read when the pod starts, else the tag of the image', () => {
    const { lines, pairs } = judge('', { meta: '\n        app.kubernetes.io/version: "3"' });
    expect(lines).toContain("K8S_POD_VERSION<metadata.labels['app.kubernetes.io/version']>");
    expect(pairs).toContain('service.version=$(K8S_POD_VERSION)');
    expect(judge('', { image: 'acme/web:latest' }).pairs.join()).not.toContain('service.version');
    expect(judge('', { imagesAreFinal: false }).pairs.join()).not.toContain('service.version');
  });
});

describe('the service name', () => {
  test.each([
    ['its own variable', literal('OTEL_SERVICE_NAME', 'shop'), '', '=shop'],
    ['an attribute', literal(attributes, 'service.name=shop'), '', undefined],
    [
      'an annotation of the conventions',
      '',
      '\n      annotations: { resource.opentelemetry.io/service.name: shop }',
      '=shop',
    ],
    ['an annotation of podhost', '', '\n      annotations: { podhost.dev/service-name: "other=x,app=shop" }', '=shop'],
    ['the workload, where a label names the release', '', '\n        app.kubernetes.io/instance: release', '=web'],
  ])('comes from %s', (_, env, meta, expected) => {
    expect(judge(env, { meta }).find('OTEL_SERVICE_NAME')).toBe(expected);
  });

  test('and the language come from lists with spaces in them', () => {
    const annotations = { 'service-name': 'other = x, app = shop', language: 'app = ruby , other=php' };
    const lines = Object.entries(annotations).map(([name, value]) => `\n        podhost.dev/${name}: "${value}"`);
    const { find } = judge('', { meta: `\n      annotations:${lines.join('')}` });
    expect([find('OTEL_SERVICE_NAME'), find('OTEL_EXPORTER_OTLP_PROTOCOL')]).toEqual(['=shop', '=http/protobuf']);
  });

  test('comes from a label when asked for', () => {
    const meta = '\n        app.kubernetes.io/name: shop';
    expect(judge('', { meta, serviceNameFromLabels: true }).find('OTEL_SERVICE_NAME')).toBe('=shop');
  });
});

describe('the endpoint', () => {
  const ours = '=http://coralogix-opentelemetry-collector:4317';
  test.each([
    ['http://localhost:4317', 'endpoint-localhost', ours],
    ['http://127.0.0.1:4318', 'endpoint-localhost', ours.replace('4317', '4318')],
    ['http://[::1]:4317', 'endpoint-localhost', ours],
    ['https://ingress.eu2.coralogix.com:443', 'endpoint-direct', ours],
    ['http://$(NOWHERE):4317', 'endpoint-unexpanded', ours],
    ['http://$' + '{HOST}:4317', 'endpoint-unexpanded', ours],
    ['coralogix-opentelemetry-collector:4317', 'endpoint-without-scheme', ours],
  ])('%s is mended: %s', (value, code, expected) => {
    const { find, changes } = judge(literal(endpoint, JSON.stringify(value)));
    expect(find(endpoint)).toBe(expected);
    expect(changes).toContain(code);
  });

  test('another collector stays and is named, unless an address was asked for', () => {
    const { find, warnings } = judge(literal(endpoint, 'http://otel.observability:4317'));
    expect([find(endpoint), warnings]).toEqual(['=http://otel.observability:4317', ['foreign-endpoint']]);
    const replaced = judge(literal(endpoint, 'http://otel:4317'), {
      endpoint: { url: 'http://new:4317', replaces: true },
    });
    expect([replaced.find(endpoint), replaced.changes]).toEqual(['=http://new:4317', ['endpoint-replaced']]);
  });

  test.each(['otc-container', 'jaeger'])('localhost stays where %s runs in the pod', (name) => {
    const image = name === 'jaeger' ? 'jaegertracing/jaeger:2.19.0' : 'registry.example/observability:1';
    const text = deployment(literal(endpoint, 'http://localhost:4317'));
    const { text: result, objects } = instrumented(`${text}\n        - name: ${name}\n          image: ${image}\n`);
    expect(envOf(result)).toContain(`${endpoint}=http://localhost:4317`);
    expect(objects[0]?.plan?.containers[1]?.skipped?.code).toBe('collector');
  });

  test('that was not read stays, and no protocol is guessed of it', () => {
    const { object } = judge(`
            - name: ${endpoint}
              valueFrom: { configMapKeyRef: { key: endpoint, name: unread } }`);
    const warnings = object?.plan?.containers[0]?.warnings.map(({ message }) => message);
    expect(warnings?.[0]).toBe(
      'OTEL_EXPORTER_OTLP_ENDPOINT was not read, and neither is its port known nor the protocol, so none is declared',
    );
  });

  test('localhost stays where a collector is injected into the pod', () => {
    const meta = '\n      annotations: { sidecar.opentelemetry.io/inject: "true" }';
    expect(judge(literal(endpoint, 'http://localhost:4317'), { meta }).find(endpoint)).toBe('=http://localhost:4317');
  });

  test('the one for traces is the one that counts', () => {
    const { find, changes } = judge(
      literal('OTEL_EXPORTER_OTLP_TRACES_ENDPOINT', 'http://localhost:4318/v1/traces') +
        literal('OTEL_EXPORTER_OTLP_PROTOCOL', 'http/protobuf'),
    );
    expect(find('OTEL_EXPORTER_OTLP_TRACES_ENDPOINT')).toBe('=http://coralogix-opentelemetry-collector:4318/v1/traces');
    expect(find(endpoint)).toBeUndefined();
    expect(changes).toContain('endpoint-localhost');
  });

  test('is a key of a ConfigMap by contract, and what is one already stays', () => {
    const contract = { url: 'http://c:4317', configMap: { name: 'shared', key: 'endpoint' }, replaces: true };
    const { find } = judge('', { endpoint: contract });
    expect(find(endpoint)).toBe(' from {"configMapKeyRef":{"name":"shared","key":"endpoint"}}');
    const present = `
            - name: ${endpoint}
              valueFrom: { configMapKeyRef: { key: endpoint, name: shared } }`;
    expect(judge(present, { endpoint: contract }).changes).toEqual([]);
  });
});

describe('the protocol', () => {
  test.each([
    ['python', ['=grpc', '4317']],
    ['ruby', ['=http/protobuf', '4318']],
    ['php', ['=http/protobuf', '4318']],
  ])('of %s goes to a port that takes it', (language, [protocol, port]) => {
    const meta = `\n      annotations: { podhost.dev/language: ${language} }`;
    const { find } = judge('', { meta });
    expect(find('OTEL_EXPORTER_OTLP_PROTOCOL')).toBe(protocol);
    expect(find(endpoint)).toMatch(new RegExp(`:${port}$`));
  });

  test('that a container declares decides the port, and mends it', () => {
    const protocol = literal('OTEL_EXPORTER_OTLP_PROTOCOL', 'http/protobuf');
    expect(judge(protocol).find(endpoint)).toMatch(/:4318$/);
    const { find, changes } = judge(protocol + literal(endpoint, 'http://otel:4317'));
    expect([find(endpoint), changes]).toEqual(['=http://otel:4318', ['endpoint-port']]);
  });

  test('follows the port of an endpoint that stays', () => {
    expect(judge(literal(endpoint, 'http://otel:4318')).find('OTEL_EXPORTER_OTLP_PROTOCOL')).toBe('=http/protobuf');
    const unknown = judge(literal(endpoint, 'http://otel:5555'));
    expect([unknown.find('OTEL_EXPORTER_OTLP_PROTOCOL'), unknown.warnings]).toEqual([
      undefined,
      ['assumed-protocol', 'foreign-endpoint'],
    ]);
  });

  test('stays what the port shows when another address takes the place of the endpoint', () => {
    const { find, warnings } = judge(literal(endpoint, 'http://otel:4318'), {
      endpoint: { url: 'http://new:4317', replaces: true },
    });
    expect([find('OTEL_EXPORTER_OTLP_PROTOCOL'), find(endpoint)]).toEqual(['=http/protobuf', '=http://new:4318']);
    expect(warnings).toEqual([]);
  });

  test('is said to be assumed where the program decides', () => {
    expect(judge('', { image: 'acme/web-golang:1' }).warnings).toEqual(['assumed-protocol']);
    expect(judge('', { image: 'acme/web-golang:1', protocol: 'grpc' }).warnings).toEqual([]);
  });
});

test.each([
  ['OTEL_SDK_DISABLED', 'true'],
  ['OTEL_TRACES_EXPORTER', 'none'],
])('a container that sends no spans by %s=%s is skipped', (name, value) => {
  const { object } = judge(literal(name, JSON.stringify(value)));
  expect([object?.status, object?.skipped?.code]).toEqual(['skipped', 'switched-off']);
});

test('a sampler that span metrics undercount with is named', () => {
  const { warnings } = judge(literal('OTEL_TRACES_SAMPLER', 'traceidratio'));
  expect(warnings).toEqual(['undercounting-sampler']);
});

describe('a property of a JVM', () => {
  const withOptions = (options: string) => judge(literal('JAVA_TOOL_OPTIONS', JSON.stringify(options)));

  test.each([
    '-Dotel.exporter.otlp.endpoint=http://elsewhere:4318',
    '-Dotel.exporter.otlp.protocol=http/protobuf',
    '-Dotel.resource.attributes=team=a',
  ])('that outranks what is set is named: %s', (options) => {
    expect(withOptions(`-Xmx1g ${options}`).warnings).toEqual(['java-property']);
  });

  test('of the command line is named too', () => {
    const container = '\n          args: [-Dotel.exporter.otlp.endpoint=http://elsewhere:4318, -jar, app.jar]';
    expect(judge('', { container }).warnings).toEqual(['java-property']);
  });

  test('with the value that is set is not named', () => {
    expect(withOptions(`-Dotel.exporter.otlp.endpoint=${contract.url} -Dotel.service.name=api`).warnings).toEqual([]);
  });

  test('that switches the SDK off skips the container', () => {
    expect(withOptions('-Dotel.sdk.disabled=true').object?.skipped?.code).toBe('switched-off');
  });

  test('that names a sampler is judged as the variable is', () => {
    expect(withOptions('-Dotel.traces.sampler=traceidratio').warnings).toEqual(['undercounting-sampler']);
  });
});

test('a name that the API server makes is in no attribute', () => {
  const text = `apiVersion: batch/v1
kind: Job
metadata: { generateName: import- }
spec: { template: { spec: { containers: [{ name: app, image: a }] } } }
`;
  const lines = envOf(instrumented(text).text);
  expect(lines).toContain('OTEL_SERVICE_NAME=import');
  expect(lines.join('\n')).not.toContain('k8s.job.name');
});

test('an entry that a later one of its name hides is taken out, and comes back when the rest is taken away', () => {
  const text = deployment(literal('A', '"1"') + literal('B', '$(C)') + literal('A', '"2"') + literal('C', 'x'));
  const result = instrumented(text);
  const [container] = result.objects[0]?.plan?.containers ?? [];
  expect(container?.changes.map(({ code }) => code)).toContain('duplicate-variable');
  expect(envOf(result.text).slice(0, 3)).toEqual(['B=$(C)', 'A=2', 'C=x']);
  expect(instrumented(result.text, { removes: true }).text).toBe(text);
});

test('an entry that a variable between it and a later one of its name refers to stays, and is named', () => {
  const { warnings } = judge(literal('A', '"1"') + literal('B', '$(A)') + literal('A', '"2"'));
  expect(warnings).toEqual(['duplicate-variable']);
});

test('an entry that was taken out does not come back where the one that hid it is gone', () => {
  const { text } = instrumented(deployment(literal('A', '"1"') + literal('A', '"2"') + literal('B', 'x')));
  const without = text.replace(/ *- name: A\n *value: "2"\n/, '');
  expect(without).not.toBe(text);
  expect(envOf(instrumented(without, { removes: true }).text)).toEqual(['B=x']);
});

test('a container that has all of it is already right', () => {
  const { text } = instrumented(deployment(''), { environment: 'production' });
  const foreign = text.replace(/\n *annotations:\n *podhost.*/, '');
  expect(foreign).not.toBe(text);
  const { objects, text: again } = instrumented(foreign, { environment: 'production' });
  expect([objects[0]?.status, again]).toEqual(['already right', foreign]);
});
