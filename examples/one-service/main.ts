// A cdk8s app of its own that takes single constructs; outside this repository import from 'cdk8s-podhost'.
import { App, Chart } from 'cdk8s';
import { ApplicationConfig, CollectorEndpoint, InstrumentedService } from '../../lib/index.ts';

const app = new App();
const chart = new Chart(app, 'shop', { namespace: 'shop', disableResourceNameHashes: true });

const endpoint = new CollectorEndpoint(chart, 'Endpoint', { partOf: 'shop', collectorNamespace: 'coralogix' });
const config = new ApplicationConfig(chart, 'Config', {
  name: 'shop-config',
  partOf: 'shop',
  endpoint: endpoint.url,
  domain: 'eu2.coralogix.com',
  applicationName: 'shop',
  environment: 'staging',
  data: { CURRENCY: 'EUR' },
});

new InstrumentedService(chart, 'Cart', {
  name: 'cart',
  partOf: 'shop',
  image: 'registry.example.com/cart:2.1.0',
  version: '2.1.0',
  hardened: true,
  healthPath: '/health',
  port: 8080,
  replicas: 3,
  config,
  configKeys: ['CURRENCY'],
});

app.synth();
