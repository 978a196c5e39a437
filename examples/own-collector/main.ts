// Two services and their datastore on a cluster whose platform team runs its own collector, not the chart of Coralogix.
// Outside this repository import from 'cdk8s-podhost'.
import { App, Chart } from 'cdk8s';
import { ApplicationConfig, CollectorEndpoint, InstrumentedService, Redis, synthesize } from '../../lib/index.ts';

const app = new App();
const inNamespace = { namespace: 'shop', disableResourceNameHashes: true };
const partOf = 'shop';

// The agent is the DaemonSet otel-agent in namespace observability. Its Service must keep traffic on the pod's own node.
const configuration = new Chart(app, '10-config', inNamespace);
const endpoint = new CollectorEndpoint(configuration, 'Endpoint', {
  partOf,
  name: 'otel-agent',
  collectorNamespace: 'observability',
  agentService: 'otel-agent',
});

const redis = new Redis(new Chart(app, '20-redis', inNamespace), 'Redis', {
  name: 'redis',
  partOf,
  storage: { size: '1Gi', accessMode: 'ReadWriteOnce' },
});

const config = new ApplicationConfig(configuration, 'Config', {
  name: 'shop-config',
  partOf,
  endpoint: endpoint.url,
  domain: 'eu2.coralogix.com',
  applicationName: 'shop',
  environment: 'production',
  data: { REDIS_URL: redis.url },
});

for (const [name, port] of [
  ['cart', 8080],
  ['checkout', 8081],
] as const) {
  new InstrumentedService(new Chart(app, `30-${name}`, inNamespace), 'Service', {
    name,
    partOf,
    image: `registry.example.com/${name}:2.1.0`,
    version: '2.1.0',
    hardened: true,
    healthPath: '/health',
    port,
    config,
    configKeys: ['REDIS_URL'],
  });
}

// Like `app.synth()`, but files of others in the folder stay, and all is written or nothing.
synthesize(app, { name: 'shop' });
