import { Chart } from 'cdk8s';
import { Construct } from 'constructs';
import type { SystemConfig } from '../config/schema/system.ts';
import { ApplicationConfig } from './application-config.ts';
import { ApplicationSecret } from './application-secret.ts';
import { CollectorEndpoint } from './collector-endpoint.ts';

/** Props of `ApplicationNamespace`. */
export interface ApplicationNamespaceProps {
  readonly config: SystemConfig;
  /** Name of the namespace. */
  readonly namespace: string;
  /** Values of the ConfigMap, as pods of this namespace use them. */
  readonly data: Readonly<Record<string, string>>;
}

/** What services need in their own namespace: the name of the collector, the ConfigMap and the Secret. */
export class ApplicationNamespace extends Construct {
  /** The name through which spans reach the collector. */
  readonly endpoint: CollectorEndpoint;
  /** The ConfigMap that the services read. */
  readonly config: ApplicationConfig;
  /** The Secret that the services read. */
  readonly secret: ApplicationSecret;

  constructor(scope: Construct, id: string, { config, namespace, data }: ApplicationNamespaceProps) {
    super(scope, id);
    const partOf = config.name;
    this.endpoint = collectorEndpoint(this, config, namespace);
    const configuration = chartOf(this, '10-config', config, namespace);
    this.secret = new ApplicationSecret(configuration, 'Secret', {
      name: secretName(config),
      partOf,
      keys: config.secret?.keys ?? [],
      externalSecret: config.secret?.externalSecret,
    });
    const usesHttp = config.services.some(({ protocol }) => protocol === 'http/protobuf');
    this.config = new ApplicationConfig(configuration, 'Config', {
      name: config.configMap.name,
      partOf,
      endpoint: this.endpoint.url,
      httpEndpoint: usesHttp ? this.endpoint.httpUrl : undefined,
      domain: config.coralogix.domain,
      applicationName: config.coralogix.applicationName,
      environment: config.environment,
      data,
    });
  }
}

/** Name of the Secret that services read. */
export const secretName = ({ name, secret }: SystemConfig): string => secret?.name ?? `${name}-secrets`;

/** The name of the collector in a namespace of the application. */
export const collectorEndpoint = (scope: Construct, config: SystemConfig, namespace: string): CollectorEndpoint =>
  new CollectorEndpoint(chartOf(scope, '10-collector-endpoint', config, namespace), 'Endpoint', {
    partOf: config.name,
    collectorNamespace: config.collector.namespace,
    ...(config.collector.service === undefined ? {} : { agentService: config.collector.service }),
  });

/** A chart of a namespace; those of further namespaces have it in their names. */
const chartOf = (scope: Construct, name: string, config: SystemConfig, namespace: string): Chart =>
  new Chart(scope, namespace === config.namespace ? name : `${name}-${namespace}`, {
    namespace,
    disableResourceNameHashes: true,
  });
