import { expect, test } from 'vitest';
import { noUnexpandedVariable as rule } from '../../../lib/lint/rules/no-unexpanded-variable.ts';
import { fixed, lintText, placeOf, report } from './support/lint-text.ts';
import { configMap, deployment, documents, field, fromConfigMap, literal } from './support/manifests.ts';

const attributes = literal('OTEL_RESOURCE_ATTRIBUTES', 'k8s.pod.ip=$(POD_IP)');
const late = deployment({ env: attributes + field('POD_IP', 'status.podIP') });

test('reports a variable that is declared after the one that refers to it', () => {
  expect(report(rule, late)).toEqual([
    {
      at: `app.yaml:${placeOf(late, 'k8s.pod.ip')}`,
      message: 'OTEL_RESOURCE_ATTRIBUTES refers to $(POD_IP), which is declared after it, so it stays as it is',
      suggestion: 'move POD_IP before OTEL_RESOURCE_ATTRIBUTES',
    },
  ]);
});

test('moves the declaration, with its comments, and nothing else', () => {
  const text = late.replace('- name: POD_IP', '# whose spans they are\n            - name: POD_IP # by the kubelet');
  expect(fixed(rule, text)).toBe(
    text.replace(/ {12}# whose[\s\S]*podIP\n/, '').replace(
      '            - name: OTEL_RES',
      `            # whose spans they are
            - name: POD_IP # by the kubelet
              valueFrom:
                fieldRef:
                  fieldPath: status.podIP
            - name: OTEL_RES`,
    ),
  );
});

test.each([
  ['JSON', (text: string) => text],
  ['a List', (text: string) => `{"apiVersion": "v1", "kind": "List", "items": [${text}]}`],
])('moves declarations in %s', (_, wrap) => {
  const json = (env: string) =>
    wrap(
      `{"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "a"}, "spec": {"containers": [{"name": "a", "env": [${env}]}]}}`,
    );
  const user = '{"name": "B", "value": "$(A)"}';
  const declaration = '{"name": "A",  "value": "x"}';
  expect(fixed(rule, json(`${user}, ${declaration}`))).toBe(json(`${declaration}, ${user}`));
});

test('moves declarations in a file without a last line end, and with Windows line ends', () => {
  const text = deployment({ pod: 'restartPolicy: Always', env: attributes + literal('POD_IP', 'x') }).replace(
    / {6}restartPolicy: Always\n/,
    '',
  );
  expect(fixed(rule, text.trimEnd())).toBe(fixed(rule, text).trimEnd());
  expect(fixed(rule, text.replaceAll('\n', '\r\n'))).toBe(fixed(rule, text).replaceAll('\n', '\r\n'));
});

test('offers no order where each refers to the other, or where entries share a node', () => {
  const circle = deployment({ env: literal('A', '$(B)') + literal('B', '$(A)') });
  expect(lintText(rule, circle).map(({ fix }) => fix)).toEqual([undefined]);
  const anchored = deployment({ env: `${literal('A', '$(B)')}- &b\n  name: B\n  value: x` });
  expect(lintText(rule, anchored).map(({ fix }) => fix?.apply(anchored))).toEqual([anchored]);
});

test('declares a field of the pod that is referred to by its usual name', () => {
  const text = deployment({ env: literal('OTEL_EXPORTER_OTLP_ENDPOINT', 'http://$(HOST_IP):4317') });
  expect(report(rule, text).map(({ suggestion }) => suggestion)).toEqual([
    'declare HOST_IP from fieldRef status.hostIP before OTEL_EXPORTER_OTLP_ENDPOINT',
  ]);
  expect(fixed(rule, text)).toBe(
    deployment({
      env: field('HOST_IP', 'status.hostIP') + literal('OTEL_EXPORTER_OTLP_ENDPOINT', 'http://$(HOST_IP):4317'),
    }),
  );
});

test('writes the parentheses of a reference, and moves what it refers to', () => {
  const braced = literal('OTEL_RESOURCE_ATTRIBUTES', '"k8s.pod.ip=${POD_IP},a=b" # why');
  const late = field('POD_IP', 'status.podIP');
  expect(fixed(rule, deployment({ env: braced + late }))).toBe(
    deployment({ env: late + braced.replace('${POD_IP}', '$(POD_IP)') }),
  );
});

test('moves what can be moved where others refer to each other', () => {
  const circle = literal('A', '$(B)') + literal('B', '$(A)');
  const [broken] = lintText(rule, deployment({ env: attributes + circle + field('POD_IP', 'status.podIP') }));
  expect(broken?.fix?.apply(deployment({ env: attributes + circle + field('POD_IP', 'status.podIP') }))).toBe(
    deployment({ env: field('POD_IP', 'status.podIP') + attributes + circle }),
  );
});

test('reports a variable that refers to itself, or to one that is nowhere', () => {
  const text = deployment({ env: literal('PATH', '$(PATH):/app') + literal('OTEL_SERVICE_NAME', '$(APP_NAME)') });
  expect(report(rule, text)).toEqual([
    {
      at: `app.yaml:${placeOf(text, '$(PATH)')}`,
      message: 'PATH refers to $(PATH), which is that variable itself, so it stays as it is',
      suggestion: 'write the value itself',
    },
    {
      at: `app.yaml:${placeOf(text, '$(APP_NAME)')}`,
      message: 'OTEL_SERVICE_NAME refers to $(APP_NAME), which is not declared in this container, so it stays as it is',
      suggestion: 'declare APP_NAME before OTEL_SERVICE_NAME',
    },
  ]);
});

test('reports all missing variables of a value at once', () => {
  const text = deployment({ env: literal('OTEL_RESOURCE_ATTRIBUTES', 'a=$(A),b=$(B)') });
  expect(report(rule, text).map(({ message }) => message)).toEqual([
    'OTEL_RESOURCE_ATTRIBUTES refers to $(A) and $(B), which are not declared in this container, so it stays as it is',
  ]);
});

test('reports a variable that is too late apart from one that is nowhere', () => {
  const env = literal('OTEL_RESOURCE_ATTRIBUTES', 'a=$(LATE),b=$(NEVER),c=$(LATE)') + literal('LATE', 'x');
  expect(report(rule, deployment({ env })).map(({ suggestion }) => suggestion)).toEqual([
    'move LATE before OTEL_RESOURCE_ATTRIBUTES',
    'declare NEVER before OTEL_RESOURCE_ATTRIBUTES',
  ]);
});

test('reports ${NAME} of a variable that is there', () => {
  const text = deployment({
    env: field('POD_IP', 'status.podIP') + literal('OTEL_RESOURCE_ATTRIBUTES', 'k8s.pod.ip=${POD_IP}'),
  });
  expect(report(rule, text)).toEqual([
    {
      at: `app.yaml:${placeOf(text, 'k8s.pod.ip=')}`,
      message: 'OTEL_RESOURCE_ATTRIBUTES holds ${POD_IP}, which the kubelet does not replace, so it stays as it is',
      suggestion: 'write: k8s.pod.ip=$(POD_IP), with POD_IP declared before',
    },
  ]);
});

test('reports ${HOSTNAME} in a ConfigMap once, where it stands', () => {
  const config = configMap({ OTEL_RESOURCE_ATTRIBUTES: 'service.instance.id=${HOSTNAME}' });
  const users = ['a', 'b'].map((name) => deployment({ name, env: fromConfigMap('OTEL_RESOURCE_ATTRIBUTES') }));
  expect(report(rule, documents(config, ...users))).toEqual([
    {
      at: 'app.yaml:7:29',
      message: 'OTEL_RESOURCE_ATTRIBUTES holds ${HOSTNAME}, which the kubelet does not replace, so it stays as it is',
      suggestion: "set OTEL_RESOURCE_ATTRIBUTES in the container's env, with $(HOSTNAME)",
    },
  ]);
});

test('cannot tell whether something replaces ${NAME} before, or declares what was not read', () => {
  const text = deployment({
    env: literal('OTEL_SERVICE_NAME', '${SERVICE}') + literal('OTEL_RESOURCE_ATTRIBUTES', 'team=$(TEAM)'),
    container: 'envFrom: [{secretRef: {name: unread}}]',
  });
  expect(report(rule, text).map(({ message, cannotTell }) => [message, cannotTell])).toEqual([
    [
      'OTEL_RESOURCE_ATTRIBUTES refers to $(TEAM), which is not declared in any file that was read, so it stays as it is',
      true,
    ],
    [
      'OTEL_SERVICE_NAME holds ${SERVICE}, which the kubelet does not replace, so it stays as it is, unless something replaces it before kubectl reads the file',
      true,
    ],
  ]);
});

test.each([
  ['a variable that is declared before', field('POD_IP', 'status.podIP') + attributes],
  ['an escaped reference', literal('A', '$$(LATER)') + literal('LATER', 'x')],
  ['a dollar before an escaped one', literal('X', 'x') + literal('A', '$$$(X)')],
  ['a reference that is not closed', literal('A', '$(LATER') + literal('LATER', 'x')],
  ['a dollar that is no reference', literal('PRICE', '"5$ (EUR), $x"')],
  ['a command for the shell', literal('SCRIPT', 'echo $(date) $(hostname -f)')],
  ['a variable of a ConfigMap that was not read', fromConfigMap('A', 'a', 'unread') + literal('B', '$(A)')],
  ['the address of the API server', literal('API', 'https://$(KUBERNETES_SERVICE_HOST):$(KUBERNETES_SERVICE_PORT)')],
  ['${NAME} that a program expands itself', literal('SPRING_DATASOURCE_URL', 'jdbc:postgresql://${DB_HOST}/x')],
  ['a configuration of the collector in a variable', literal('OTEL_CONFIG', '${env:MY_POD_IP}')],
])('does not report %s', (_, env) => {
  expect(report(rule, deployment({ env }))).toEqual([]);
});

test('does not report a variable that envFrom declares, or that the kubelet makes of a Service', () => {
  const container = 'envFrom: [{prefix: APP_, configMapRef: {name: shop-config}}]';
  const text = documents(configMap({ NAME: 'api' }), deployment({ container, env: literal('A', '$(APP_NAME)') }));
  expect(report(rule, text)).toEqual([]);
  const env = literal('A', '$(REDIS_SERVICE_HOST)');
  expect(report(rule, deployment({ env, pod: 'enableServiceLinks: true' }))).toEqual([]);
  expect(report(rule, deployment({ env, pod: 'enableServiceLinks: false' }))).toHaveLength(1);
});

test('does not report the second of two of one name, which may refer to the first', () => {
  expect(report(rule, deployment({ env: literal('A', 'x') + literal('A', '$(A)y') }))).toEqual([]);
});

test('reports a reference that is escaped, of a variable that is declared', () => {
  const escaped = (name: string, value: string) =>
    deployment({ env: field('POD_IP', 'status.podIP') + literal(name, value) });
  expect(report(rule, escaped('OTEL_RESOURCE_ATTRIBUTES', 'k8s.pod.ip=$$(POD_IP),a=$(POD_IP)'))).toMatchObject([
    {
      message: 'OTEL_RESOURCE_ATTRIBUTES holds $$(POD_IP), of which the kubelet makes the text $(POD_IP)',
      suggestion: 'write: $(POD_IP)',
    },
  ]);
  const fine = [
    escaped('SCRIPT', 'echo $$(POD_IP)'),
    escaped('OTEL_RESOURCE_ATTRIBUTES', 'price=5$$'),
    escaped('OTEL_RESOURCE_ATTRIBUTES', 'a=$$$(POD_IP)'),
  ];
  expect(fine.flatMap((text) => report(rule, text))).toEqual([]);
});
