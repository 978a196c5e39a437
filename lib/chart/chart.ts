import { ownValue } from '../own-value.ts';
import { isMapping, type Mapping, mappingAt, type Path, textAt } from '../yaml/value.ts';
import { missingChanges } from './changes.ts';
import { type ChartValues, TemplateValues } from './chart-values.ts';
import { plainValues, umbrellaValues } from './coalesce.ts';
import type { Draft } from './draft.ts';
import { installation, podLabels, type Release, templateContext } from './installation.ts';
import { type ChartName, subChart } from './names.ts';
import { brokenNames, templateFailures } from './objects.ts';
import {
  type Grant,
  type GrantedRole,
  grantsOf,
  makesServiceAccount,
  openshiftGrant,
  rolesOfChart,
  serviceAccountOf,
} from './permissions.ts';
import { type ContainerPort, containerPorts, ownResourceAttributes } from './pods.ts';
import { type Refusal, refusalsOfUmbrella, schemaRefusals, templateRefusal } from './refusals.ts';
import { type Rendered, render } from './render.ts';
import { type RenderedService, renderedServices } from './services.ts';
import { plainChart, type SubChart, subCharts } from './sub-charts.ts';
import { isTrue, TemplateError } from './template.ts';
import { withTemplates } from './template-text.ts';
import { knownVersion, withDefaultsOf } from './versions.ts';

export type { ChartName };

/** One collector that helm makes of values. */
export interface RenderedCollector {
  readonly chart: SubChart;
  /** Of the chart that is installed. */
  readonly version: string;
  readonly values: ChartValues;
  /** Where its values stand. */
  readonly path: Path;
  /** `OpenTelemetryCollector`: an operator makes the workload. */
  readonly kind: 'DaemonSet' | 'Deployment' | 'StatefulSet' | 'OpenTelemetryCollector';
  /** Name of the workload. */
  readonly name: string;
  readonly namespace: string;
  /** Labels of its pods. */
  readonly labels: Readonly<Record<string, string>>;
  /** One on every node. */
  readonly onEveryNode: boolean;
  readonly hostNetwork: boolean;
  readonly ports: readonly ContainerPort[];
  /** Its ServiceAccount. */
  readonly serviceAccount: string;
  /** What that one may do; undefined where that is not known. */
  readonly roles: readonly GrantedRole[] | undefined;
  /** The variable `OTEL_RESOURCE_ATTRIBUTES` of the collector itself; null where it comes from elsewhere. */
  readonly resourceAttributes: string | null | undefined;
  /** Undefined where the values switch its ConfigMap off, and the collector has none. */
  readonly configuration: Mapping | undefined;
  /** Which preset brought what. */
  readonly draft: Draft;
}

/** What helm makes of values. */
export interface ChartRendering {
  /** As if nothing were refused, as far as that can be known. */
  readonly collectors: readonly RenderedCollector[];
  readonly services: readonly RenderedService[];
  /** Why helm installs nothing of it; helm itself reports the first kind of these that it meets. */
  readonly refusals: readonly Refusal[];
}

/**
 * What helm makes of values of a chart.
 *
 * @param version of the chart; of one that is not known only names of objects are right
 * @param alias name of the plain chart in an umbrella chart, after which its objects are named
 */
export function renderChart(
  name: ChartName,
  values: Mapping,
  release: Release,
  version: string = knownVersion[name],
  alias: string = plainChart.alias,
): ChartRendering {
  const missing = missingChanges(name, version);
  const templateValues = (own: Mapping, written: Mapping) =>
    new TemplateValues(withDefaultsOf(missing, own, written), written, missing);
  if (name === 'opentelemetry-collector') {
    const chart = { ...plainChart, alias };
    return rendering([{ chart, version, values: new TemplateValues(plainValues(values), values), path: [] }], release, {
      refusals: [],
      grants: [],
    });
  }
  const { subCharts: coalesced, umbrella, mismatch } = umbrellaValues(values);
  const installed = subCharts.flatMap((chart): Installed[] => {
    const own = coalesced.get(chart.alias);
    return own === undefined
      ? []
      : [
          {
            chart,
            version,
            values: templateValues(own, mappingAt(values, chart.alias)),
            path: [chart.alias],
          },
        ];
  });
  const agent = textAt(umbrella, subChart.agent, 'fullnameOverride');
  const isOpenshift = umbrella['distribution'] === 'openshift' && agent !== undefined;
  return rendering(installed, release, {
    refusals: refusalsOfUmbrella(umbrella, mismatch),
    grants: isOpenshift ? [openshiftGrant(agent, release.namespace)] : [],
  });
}

interface Installed {
  readonly chart: SubChart;
  readonly version: string;
  readonly values: TemplateValues;
  readonly path: Path;
}

/** What the templates of the chart itself make, beside those of its sub-charts. */
interface OwnTemplates {
  readonly refusals: readonly Refusal[];
  readonly grants: readonly Grant[];
}

function rendering(
  installed: readonly Installed[],
  release: Release,
  { refusals: ofUmbrella, grants: own }: OwnTemplates,
): ChartRendering {
  const all = installed.map((entry) => renderSubChart(entry, release));
  const of = (kind: Refusal['kind'], charts = all) =>
    charts.flatMap(({ refusals }) => refusals.filter((refusal) => refusal.kind === kind));
  // Helm runs the templates of the chart whose name comes last first.
  const fromLast = all.toSorted((a, b) => (`${a.alias}/` < `${b.alias}/` ? 1 : -1));
  const grants = [...own, ...all.flatMap((each) => each.grants)];
  return {
    collectors: all.flatMap(({ collector, makesAccount }) =>
      collector === undefined
        ? []
        : [
            {
              ...collector,
              roles: rolesOfChart(grants, `${collector.namespace}/${collector.serviceAccount}`, makesAccount),
            },
          ],
    ),
    services: all.flatMap(({ services }) => services),
    refusals: [
      ...ofUmbrella.filter(({ kind }) => kind === 'type'),
      ...of('schema'),
      ...of('template', fromLast),
      ...ofUmbrella.filter(({ kind }) => kind === 'template'),
      ...of('yaml', fromLast),
    ],
  };
}

interface RenderedSubChart {
  readonly alias: string;
  readonly collector: Omit<RenderedCollector, 'roles'> | undefined;
  readonly grants: readonly Grant[];
  readonly makesAccount: boolean;
  readonly services: readonly RenderedService[];
  readonly refusals: readonly Refusal[];
}

function renderSubChart({ chart, version, values, path }: Installed, release: Release): RenderedSubChart {
  const place = installation(chart.alias, values, release);
  const context = templateContext(chart.alias, values.all, release);
  const failures: TemplateError[] = [];
  const attempt = <T>(work: () => T, otherwise: T): T => {
    try {
      return work();
    } catch (error) {
      if (!(error instanceof TemplateError)) {
        throw error;
      }
      failures.push(error);
      return otherwise;
    }
  };
  const isManaged = attempt(() => values.has('collectorCRD', 'generate'), false);
  const isConfigured = isManaged || attempt(() => values.has('configMap', 'create'), false);
  const kind = isManaged ? 'OpenTelemetryCollector' : ownValue(kinds, values.mode);
  const rendered: Rendered | undefined = isConfigured && kind !== undefined ? render(values) : undefined;
  const configuration =
    rendered && attempt(() => withTemplates(rendered.configuration, context), rendered.configuration);
  const configured = [...(rendered?.failures ?? []), ...failures];
  const nothing: readonly ContainerPort[] = [];
  const collector: RenderedSubChart['collector'] = kind && {
    chart,
    version,
    values,
    path,
    kind,
    name: kind === 'DaemonSet' ? `${place.name}-agent` : place.name,
    namespace: place.namespace,
    labels: isManaged ? {} : attempt(() => podLabels(place, values, context), place.selector),
    onEveryNode: values.mode === 'daemonset',
    hostNetwork: isTrue(values.all['hostNetwork']) && (isManaged || !isTrue(values.all['isWindows'])),
    ports: attempt(() => containerPorts(values), nothing),
    serviceAccount: attempt(() => serviceAccountOf(values, place), 'default'),
    resourceAttributes: attempt(() => ownResourceAttributes(values, context), undefined),
    configuration: isMapping(configuration) ? configuration : undefined,
    draft: rendered?.draft ?? render(values).draft,
  };
  const none: readonly RenderedService[] = [];
  const noGrants: readonly Grant[] = [];
  const services = attempt(() => renderedServices(values, place), none);
  const refusals = [
    ...schemaRefusals(values, path),
    ...templateFailures(values, context, configured).map((failure) => templateRefusal(failure, path)),
    ...brokenNames(values).map((broken) => ({
      kind: 'yaml' as const,
      reason: broken.reason,
      path: [...path, ...broken.path],
    })),
  ];
  return {
    alias: chart.alias,
    collector,
    grants: attempt(() => grantsOf(values, place), noGrants),
    makesAccount: attempt(() => makesServiceAccount(values), false),
    services: services.map((service) => ({ ...service, path: [...path, ...service.path] })),
    refusals,
  };
}

const kinds: Readonly<Record<string, RenderedCollector['kind']>> = {
  daemonset: 'DaemonSet',
  deployment: 'Deployment',
  statefulset: 'StatefulSet',
};
