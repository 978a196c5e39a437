import type { Construct } from 'constructs';
import { ApplicationConfig } from '../../lib/constructs/application-config.ts';
import { ApplicationSecret } from '../../lib/constructs/application-secret.ts';

/** A ConfigMap with the keys that every service reads, and some more. */
export const testConfig = (
  scope: Construct,
  data: Record<string, string> = {},
  httpEndpoint?: string,
): ApplicationConfig =>
  new ApplicationConfig(scope, 'Config', {
    name: 'demo-config',
    partOf: 'demo',
    endpoint: 'http://coralogix-opentelemetry-collector:4317',
    httpEndpoint,
    domain: 'eu2.coralogix.com',
    applicationName: 'demo',
    environment: 'production',
    data,
  });

/** An existing Secret. */
export const testSecret = (scope: Construct, ...keys: string[]): ApplicationSecret =>
  new ApplicationSecret(scope, 'Secret', { name: 'demo-secrets', partOf: 'demo', keys });
