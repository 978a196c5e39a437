import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import type { LoadedSystem } from '../config/load-system.ts';
import type { CertificateConfig } from '../config/schema/ingress.ts';
import type { SystemConfig } from '../config/schema/system.ts';
import { ownValue } from '../own-value.ts';
import { ApplicationConfig } from './application-config.ts';
import { ApplicationSecret } from './application-secret.ts';
import { CollectorEndpoint } from './collector-endpoint.ts';
import type { Datastore } from './datastore.ts';
import { HelmValues } from './helm-values.ts';
import { type Certificate, HttpsIngress } from './https-ingress.ts';
import { InstrumentedService } from './instrumented-service.ts';
import { OutputOwner } from './output.ts';
import { patchObjects } from './patch.ts';
import { PodSecurityNamespace } from './pod-security-namespace.ts';
import { ServiceObjectives } from './service-objectives.ts';
import { SystemCollector } from './system-collector.ts';
import { createDatastore } from './system-datastore.ts';
import { createGitops } from './system-gitops.ts';
import { serviceProps } from './system-service.ts';
import { acmeResolver, TraefikAcme } from './traefik-acme.ts';

/**
 * Everything that a configuration file describes: a chart a file, with ids that sort in the order in which
 * `kubectl apply` must read them.
 */
export class System extends OutputOwner {
  /** Name of the system; its files are listed under it. */
  readonly systemName: string;
  /** The ConfigMap that the services read. */
  readonly config: ApplicationConfig;
  /** The Secret that the services read. */
  readonly secret: ApplicationSecret;
  /** The services, in the order of the configuration. */
  readonly services: readonly InstrumentedService[];
  /** The datastores, in the order of the configuration. */
  readonly datastores: readonly Datastore[];

  constructor(scope: Construct, id: string, { config, initSql }: LoadedSystem) {
    super(scope, id);
    this.systemName = config.name;
    const partOf = config.name;
    const chart = (name: string) =>
      new Chart(this, name, { namespace: config.namespace, disableResourceNameHashes: true });

    const namespaces = new Chart(this, '00-namespace', { disableResourceNameHashes: true });
    new PodSecurityNamespace(namespaces, 'Application', {
      name: config.namespace,
      partOf,
      ...config.podSecurity,
    });
    // The agent uses the network and the file system of its node.
    new PodSecurityNamespace(namespaces, 'Collector', {
      name: config.collector.namespace,
      partOf,
      enforce: 'privileged',
    });

    const endpoint = new CollectorEndpoint(chart('10-collector-endpoint'), 'Endpoint', {
      partOf,
      collectorNamespace: config.collector.namespace,
    });
    const configuration = chart('10-config');
    this.secret = new ApplicationSecret(configuration, 'Secret', {
      name: config.secret?.name ?? `${config.name}-secrets`,
      partOf,
      keys: config.secret?.keys ?? [],
      externalSecret: config.secret?.externalSecret,
    });
    this.datastores = config.datastores.map((datastore) =>
      createDatastore(chart(`20-${datastore.name}`), 'Datastore', {
        datastore,
        partOf,
        secret: this.secret,
        initSql: ownValue(initSql, datastore.name) ?? [],
      }),
    );
    this.config = new ApplicationConfig(configuration, 'Config', {
      name: config.configMap.name,
      partOf,
      endpoint: endpoint.url,
      httpEndpoint: config.services.some(({ protocol }) => protocol === 'http/protobuf') ? endpoint.httpUrl : undefined,
      domain: config.coralogix.domain,
      applicationName: config.coralogix.applicationName,
      environment: config.environment,
      data: this.values(config),
    });
    this.services = config.services.map(
      (service) =>
        new InstrumentedService(chart(`30-${service.name}`), 'Service', {
          ...serviceProps(service, config, (value) => this.address(config, value)),
          partOf,
          config: this.config,
          secret: this.secret,
        }),
    );
    if (config.ingress !== undefined) {
      const { host, certificate, routes } = config.ingress;
      if (certificate.acme !== undefined) {
        // Without a namespace of its own, since that of Traefik is k3s'.
        const traefik = new Chart(this, '40-traefik', { disableResourceNameHashes: true });
        new TraefikAcme(traefik, 'Acme', { ...certificate.acme, partOf });
      }
      new HttpsIngress(chart('40-ingress'), 'Ingress', {
        name: config.name,
        partOf,
        namespace: config.namespace,
        host,
        certificate: certificateOf(certificate),
        routes: routes.map(({ path, service }) => {
          const { host, port } = addressOf(config, service);
          return { path, service: host, port };
        }),
      });
    }
    // Before the collector is there: its objects are not the application's.
    patchObjects(this, config.patch ?? {}, 'system');
    const { values } = new HelmValues(this, 'HelmValues', {
      domain: config.coralogix.domain,
      clusterName: config.clusterName,
      environment: config.environment,
      provider: config.collector.provider,
      ...config.collector.spanMetrics,
      loadBalancing: config.collector.loadBalancing,
      release: config.collector.release,
      namespace: config.collector.namespace,
    });
    if (config.collector.delivery === 'manifests') {
      new SystemCollector(this, 'Collector', config, values);
    }
    if (config.objectives !== undefined) {
      const { objectives } = config;
      const into = chart('50-objectives');
      for (const { name } of config.services) {
        new ServiceObjectives(into, `Objectives-${name}`, {
          ...objectives,
          service: name,
          namespace: config.namespace,
          partOf,
        });
      }
    }
    if (config.gitops !== undefined) {
      createGitops(this, config, config.gitops, values);
    }
  }

  private values(config: SystemConfig): Record<string, string> {
    return Object.fromEntries(
      Object.entries(config.configMap.data).map(([key, of]) => [
        key,
        typeof of === 'string' ? of : found(this.address(config, of), `address of ${key}`),
      ]),
    );
  }

  /** What a reference to a service or a datastore stands for; of other values nothing. */
  private address(config: SystemConfig, of: object): string | undefined {
    if ('service' in of && typeof of.service === 'string') {
      const { host, port } = addressOf(config, of.service);
      return `http://${host}:${port}`;
    }
    return 'datastore' in of && typeof of.datastore === 'string' ? this.datastore(of.datastore).url : undefined;
  }

  private datastore(name: string): Datastore {
    return found(
      this.datastores.find((datastore) => datastore.name === name),
      `datastore ${name}`,
    );
  }
}

/** What other services of the cluster reach it by. */
function addressOf(config: SystemConfig, name: string): { readonly host: string; readonly port: number } {
  const service = found(
    config.services.find((candidate) => candidate.name === name),
    `service ${name}`,
  );
  const port = service.port ?? service.ports[0]?.port;
  return { host: service.service.name ?? name, port: found(port, `port of service ${name}`) };
}

function found<T>(value: T | undefined, what: string): T {
  if (value === undefined) {
    throw new Error(`the configuration has no ${what}`);
  }
  return value;
}

/** @throws Error when no source is named; loading a configuration refuses that first */
function certificateOf({ secretName, certManager, traefikResolver, acme }: CertificateConfig): Certificate {
  if (secretName !== undefined) {
    return { secretName };
  }
  if (certManager !== undefined) {
    return { issuer: certManager };
  }
  if (traefikResolver !== undefined) {
    return { traefikResolver };
  }
  if (acme !== undefined) {
    return { traefikResolver: acmeResolver };
  }
  throw new Error('ingress.certificate names no source: write secretName, certManager, traefikResolver or acme');
}
