import { expect, test } from 'vitest';
import { noReferenceInConfigData as rule } from '../../../lib/lint/rules/no-reference-in-config-data.ts';
import { placeOf, report } from './support/lint-text.ts';
import { configMap, deployment, documents, field, fromConfigMap, literal } from './support/manifests.ts';

const endpoint = 'OTEL_EXPORTER_OTLP_ENDPOINT';
const config = configMap({ [endpoint]: 'http://$(HOST_IP):4317' });

const secret = (data: string) => `apiVersion: v1
kind: Secret
metadata:
  name: shop-secrets
  namespace: shop
${data}
`;

test('reports a reference in a ConfigMap once, with all who read it', () => {
  const users = ['a', 'b', 'c', 'd'].map((name) => deployment({ name, env: fromConfigMap(endpoint) }));
  expect(report(rule, documents(config, ...users))).toEqual([
    {
      at: 'app.yaml:7:32',
      message: `${endpoint} of Deployment a, Deployment b and 2 others holds $(HOST_IP) from ConfigMap shop-config, and the kubelet expands no data`,
      suggestion: `write ${endpoint} with $(HOST_IP) as a value in the container's env`,
    },
  ]);
});

test('reports a reference in a ConfigMap that is read whole', () => {
  const user = deployment({ container: 'envFrom: [{configMapRef: {name: shop-config}}]' });
  expect(report(rule, documents(config, user)).map(({ at }) => at)).toEqual(['app.yaml:7:32']);
});

test.each([
  ['as text', 'stringData: {URL: "http://me:pw@$(HOST_IP)/"}'],
  ['in base64', `data: {URL: ${Buffer.from('http://me:pw@$(HOST_IP)/').toString('base64')}}`],
])('reports a reference in a Secret %s, at the variable, and does not tell the secret', (_, data) => {
  const user = deployment({
    env: `${field('HOST_IP', 'status.hostIP')}- {name: URL, valueFrom: {secretKeyRef: {name: shop-secrets, key: URL}}}`,
  });
  const text = documents(user, secret(data));
  expect(report(rule, text)).toEqual([
    {
      at: `app.yaml:${placeOf(text, '{name: URL')}`,
      message: 'URL of Deployment api holds $(HOST_IP) from Secret shop-secrets, and the kubelet expands no data',
      suggestion: "write URL with $(HOST_IP) as a value in the container's env",
    },
  ]);
});

test.each([
  [
    'a reference in the container itself',
    field('HOST_IP', 'status.hostIP') + literal(endpoint, 'http://$(HOST_IP):4317'),
  ],
  ['data that nobody reads', fromConfigMap('OTHER', 'OTHER', 'other')],
  ['a script in a ConfigMap, whose commands look like references', fromConfigMap('SCRIPT')],
  ['an escaped reference', fromConfigMap('PRICE')],
])('does not report %s', (_, env) => {
  const data = configMap({ [endpoint]: 'http://$(HOST_IP):4317', SCRIPT: 'echo $(date)', PRICE: '$$(HOST_IP)' });
  expect(report(rule, documents(data, deployment({ env })))).toEqual([]);
});
