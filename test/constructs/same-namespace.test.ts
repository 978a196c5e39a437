import { App, Chart } from 'cdk8s';
import { expect, test } from 'vitest';
import { InstrumentedService } from '../../lib/constructs/instrumented-service.ts';
import { renderApp } from '../../lib/synth/render-app.ts';
import { testConfig, testSecret } from '../support/application.ts';

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
