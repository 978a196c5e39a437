import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import type { OtelIntegrationValues } from '../chart/values/otel-integration-values.ts';
import type { LoadedSystem } from '../config/load-system.ts';
import type { CertificateConfig } from '../config/schema/ingress.ts';
import type { SystemConfig } from '../config/schema/system.ts';
import type { ServiceConfig } from '../config/schema/workloads.ts';
import { configuredInstrument } from '../instrument/configured-instrument.ts';
import type { InstrumentedSources } from '../instrument/instrument-sources.ts';
import { ownValue } from '../own-value.ts';
import type { ApplicationConfig } from './application-config.ts';
import { ApplicationNamespace, collectorEndpoint } from './application-namespace.ts';
import type { ApplicationSecret } from './application-secret.ts';
import type { Datastore } from './datastore.ts';
import { ExistingManifests, namespacesOf } from './existing-manifests.ts';
import { HelmValues } from './helm-values.ts';
import { type Certificate, HttpsIngress } from './https-ingress.ts';
import { InstrumentedService } from './instrumented-service.ts';
import { OutputOwner } from './output.ts';
import { patchObjects } from './patch.ts';
import { ServiceObjectives } from './service-objectives.ts';
import { addressOf, found, hostPortOf } from './system-address.ts';
import { SystemCollector } from './system-collector.ts';
import { createDatastore, datastoreUrl } from './system-datastore.ts';
import { createGitops } from './system-gitops.ts';
import { createNamespaces } from './system-namespaces.ts';
import { serviceChart, serviceProps } from './system-service.ts';
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
  /** What was done to each workload of the existing manifests, and why. */
  readonly instrumented: InstrumentedSources;

  /** @param services those that are constructed; by default all of the configuration */
  constructor(
    scope: Construct,
    id: string,
    loaded: LoadedSystem,
    services: readonly ServiceConfig[] = loaded.config.services,
  ) {
    super(scope, id);
    const { config, initSql, manifests = [] } = loaded;
    this.systemName = config.name;
    const partOf = config.name;
    const chart = (name: string, namespace = config.namespace) =>
      new Chart(this, name, { namespace, disableResourceNameHashes: true });

    const namespaces = new Chart(this, '00-namespace', { disableResourceNameHashes: true });
    createNamespaces(namespaces, loaded);

    const places = new Map<string, ApplicationNamespace>();
    const place = (namespace: string): ApplicationNamespace => {
      const id = namespace === config.namespace ? 'Application' : `Application-${namespace}`;
      const made =
        places.get(namespace) ??
        new ApplicationNamespace(this, id, { config, namespace, data: values(config, namespace) });
      places.set(namespace, made);
      return made;
    };
    const own = place(config.namespace);
    this.secret = own.secret;
    this.config = own.config;
    this.datastores = config.datastores.map((datastore) =>
      createDatastore(chart(`20-${datastore.name}`), 'Datastore', {
        datastore,
        partOf,
        secret: this.secret,
        initSql: ownValue(initSql, datastore.name) ?? [],
      }),
    );
    this.services = services.map((service) => {
      const namespace = service.namespace ?? config.namespace;
      return new InstrumentedService(chart(serviceChart(service.name), namespace), 'Service', {
        ...serviceProps(service, config, (value) => addressOf(config, value, namespace, datastoreUrl)),
        partOf,
        config: place(namespace).config,
        secret: place(namespace).secret,
      });
    });
    const { context, ...selection } = configuredInstrument(config);
    this.instrumented = new ExistingManifests(this, 'Manifests', {
      groups: manifests,
      partOf,
      namespaces,
      context: { ...context, endpoint: { url: own.endpoint.url } },
      selection,
    }).instrumented;
    for (const namespace of namespacesOf(this.instrumented)) {
      if (!places.has(namespace)) {
        collectorEndpoint(this, config, namespace);
      }
    }
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
          const { host, port } = hostPortOf(config, service, config.namespace);
          return { path, service: host, port };
        }),
      });
    }
    // Before the collector is there: its objects are not the application's.
    patchObjects(this, config.patch ?? {}, 'system');
    const chartValues = config.collector.delivery === 'existing' ? undefined : valuesFile(this, config);
    if (chartValues !== undefined && config.collector.delivery === 'manifests') {
      new SystemCollector(this, 'Collector', config, chartValues);
    }
    if (config.objectives !== undefined) {
      const { objectives } = config;
      const into = chart('50-objectives');
      for (const { name, namespace = config.namespace } of config.services) {
        new ServiceObjectives(into, `Objectives-${name}`, {
          ...objectives,
          service: name,
          namespace,
          partOf,
        });
      }
    }
    if (config.gitops !== undefined) {
      createGitops(this, config, config.gitops, chartValues);
    }
  }
}

/** The values of the ConfigMap, as pods of a namespace use them. */
const values = (config: SystemConfig, namespace: string): Record<string, string> =>
  Object.fromEntries(
    Object.entries(config.configMap.data).map(([key, of]) => [
      key,
      typeof of === 'string' ? of : found(addressOf(config, of, namespace, datastoreUrl), `address of ${key}`),
    ]),
  );

/** The values of the collector's chart; both deliveries make the same dimensions of them. */
const valuesFile = (scope: Construct, config: SystemConfig): OtelIntegrationValues =>
  new HelmValues(scope, 'HelmValues', {
    domain: config.coralogix.domain,
    clusterName: config.clusterName,
    environment: config.environment,
    provider: config.collector.provider,
    ...config.collector.spanMetrics,
    loadBalancing: config.collector.loadBalancing,
    release: config.collector.release,
    namespace: config.collector.namespace,
  }).values;

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
