import { oneOf } from '../../text/list.ts';
import { pathname } from '../shape/pathname.ts';
import type { ConfigRule } from './rule.ts';
import { servicesOf, servicesWith, usesChart } from './system-parts.ts';

/** k3s is only there to install the chart, which is not needed when the collector comes as manifests. */
const noChartToolWithoutChart: ConfigRule = {
  id: 'no-chart-tool-without-chart',
  *check({ system }) {
    const tool = system.at('gitops', 'tool');
    if (tool.text() === 'k3s' && !usesChart(system)) {
      const delivery = system.at('collector', 'delivery').text();
      const message = `gitops.tool k3s installs the chart of the collector, but collector.delivery is ${delivery}`;
      yield tool.finding(message, 'write: delivery: helm-values, or remove gitops');
    }
  },
};

/** The chart sends to Coralogix with its own exporter, whatever the value of `collector.export`. */
const noExportWithoutManifests: ConfigRule = {
  id: 'no-export-without-manifests',
  *check({ system }) {
    const type = system.at('collector', 'export', 'type');
    const delivery = system.at('collector', 'delivery');
    if (type.text() === 'otlp' && delivery.isSound && delivery.text() !== 'manifests') {
      const message = `collector.export configures the manifests of the collector, but delivery is ${delivery.text() ?? 'helm-values'}`;
      yield type.finding(message, 'write: delivery: manifests, or remove collector.export');
    }
  },
};

/** A folder of this machine is none of the cluster, where these tools fetch the chart. */
const noLocalChartsForGitops: ConfigRule = {
  id: 'no-local-charts-for-gitops',
  *check({ system }) {
    const repository = system.at('deploy', 'chartRepository');
    const tool = system.at('gitops', 'tool').text();
    if (tool !== undefined && usesChart(system) && /^\.{0,2}\//.test(repository.text() ?? '')) {
      const message = `gitops.tool ${tool} fetches the chart from inside the cluster, and deploy.chartRepository is a folder`;
      yield repository.finding(message, 'write: https://HOST/PATH or oci://HOST/PATH');
    }
  },
};

/** What is written about a collector that somebody else keeps changes nothing. */
const noSettingsOfExistingCollector: ConfigRule = {
  id: 'no-settings-of-existing-collector',
  *check({ system }) {
    const collector = system.get('collector');
    const isExisting = collector.get('delivery').text() === 'existing';
    const useless = isExisting ? ['export', 'release', 'provider', 'spanMetrics', 'loadBalancing'] : ['service'];
    for (const key of useless.map((name) => collector.get(name)).filter(({ kind }) => kind !== 'absent')) {
      const message = isExisting
        ? `collector.delivery is existing, so ${pathname(key.path)} configures nothing: somebody else keeps the collector`
        : 'collector.service names the Service of an existing collector, and the delivery is another one';
      yield key.keyFinding(message, isExisting ? 'remove it' : 'write: delivery: existing, or remove it');
    }
  },
};

/** The alias Service has the name of a Service of the chart, so both cannot be in one namespace. */
const noCollectorNamespaceForServices: ConfigRule = {
  id: 'no-collector-namespace-for-services',
  *check({ system }) {
    const collector = system.at('collector', 'namespace').text() ?? 'coralogix';
    for (const { part, title } of servicesWith(system, 'namespace')) {
      if (part.get('namespace').text() === collector) {
        const message = `${title} is in ${collector}, the namespace of the collector, where the name of the collector is taken`;
        yield part.get('namespace').finding(message, 'write: another namespace');
      }
    }
  },
};

/** An Ingress leads to Services of its own namespace, and `namespaces` describes those that the system has. */
const validNamespaceReference: ConfigRule = {
  id: 'valid-namespace-reference',
  *check({ system }) {
    const own = system.get('namespace').text();
    const others = servicesWith(system, 'namespace');
    const routes = others.length === 0 ? [] : system.at('ingress', 'routes').items();
    const services = new Map(
      (routes.length === 0 ? [] : servicesOf(system)).toReversed().map(({ part }) => [part.get('name').text(), part]),
    );
    for (const route of routes) {
      const name = route.get('service');
      const namespace = services.get(name.text())?.get('namespace').text();
      if (namespace !== undefined && namespace !== own) {
        const message = `the Ingress is in ${own} and leads to no Service of ${namespace}, where ${name.text()} is`;
        yield name.finding(message, `write: a service of ${own}`);
      }
    }
    const known = new Set([
      own,
      system.at('collector', 'namespace').text() ?? 'coralogix',
      ...others.map(({ part }) => part.get('namespace').text()),
    ]);
    // Manifests may name any namespace.
    if (system.get('manifests').items().length === 0) {
      for (const [name, value] of system.get('namespaces').entries()) {
        if (!known.has(name)) {
          const named = [...known].filter((each) => each !== undefined);
          yield value.keyFinding(`no service is in the namespace ${name}`, `write: ${oneOf(named)}`);
        }
      }
    }
  },
};

export const deliveryRules: readonly ConfigRule[] = [
  noChartToolWithoutChart,
  noCollectorNamespaceForServices,
  noExportWithoutManifests,
  noLocalChartsForGitops,
  noSettingsOfExistingCollector,
  validNamespaceReference,
];
