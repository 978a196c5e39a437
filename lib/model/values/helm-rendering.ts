import type { ChartRendering, RenderedCollector } from '../../chart/chart.ts';
import { ChartValues } from '../../chart/chart-values.ts';
import { Draft } from '../../chart/draft.ts';
import type { Release } from '../../chart/installation.ts';
import { type Grant, rolesOfChart } from '../../chart/permissions.ts';
import type { ContainerPort } from '../../chart/pods.ts';
import type { RenderedService } from '../../chart/services.ts';
import { plainChart } from '../../chart/sub-charts.ts';
import { parseDocuments } from '../../yaml/documents.ts';
import type { ValueBudget } from '../../yaml/limits.ts';
import { isMapping, listAt, type Mapping, numberAt, type Path, textAt, valueAt } from '../../yaml/value.ts';
import { mountedConfigurations } from '../collector/mounted-configuration.ts';
import { dataLookup } from '../environment/data-lookup.ts';
import { grantsIn } from '../grants.ts';
import { type Manifest, manifestsOf } from '../manifest.ts';
import { serviceOf } from '../network/service.ts';
import { operatorMode } from '../operator/collector-pods.ts';
import { Workload } from '../workload.ts';

export interface HelmRenderingProps {
  /** What helm printed. */
  readonly manifests: string;
  /** For messages. */
  readonly title: string;
  readonly version: string;
  readonly release: Release;
  /** Where the values of the chart begin. */
  readonly root: Path;
  readonly budget: ValueBudget;
}

/**
 * What helm makes of values, read from the manifests that it renders. Where the values stand, and which preset brought
 * what, is known from the built-in model of the chart, as far as that reaches.
 */
export function helmRendering(builtIn: ChartRendering, props: HelmRenderingProps): ChartRendering {
  return new RenderedManifests(builtIn, props).rendering();
}

/** One object, and the part of the chart that made it. */
interface Made {
  readonly manifest: Manifest;
  /** Name of the sub-chart. */
  readonly alias: string;
  /** Name of the template's file. */
  readonly template: string;
}

const workloadTemplates = ['daemonset.yaml', 'deployment.yaml', 'statefulset.yaml', 'opentelemetrycollector.yaml'];

class RenderedManifests {
  private readonly made: readonly Made[];
  private readonly grants: readonly Grant[];

  constructor(
    private readonly builtIn: ChartRendering,
    private readonly props: HelmRenderingProps,
  ) {
    const { manifests, title, budget } = props;
    this.made = parseDocuments(`${title} (rendered)`, manifests, budget).documents.flatMap((document) => {
      const source = sourceOf(document.text);
      return manifestsOf(document).map((manifest) => ({ manifest, ...source }));
    });
    this.grants = grantsIn(
      this.made.map(({ manifest }) => manifest),
      props.release.namespace,
    );
  }

  rendering(): ChartRendering {
    const collectors = this.collectors();
    return { collectors, services: this.services(), refusals: [] };
  }

  private collectors(): RenderedCollector[] {
    const { release, budget } = this.props;
    const workloads = this.made.flatMap(({ manifest, alias, template }) => {
      const workload = workloadTemplates.includes(template) ? Workload.of(manifest, release.namespace) : undefined;
      return workload === undefined ? [] : [{ workload, alias }];
    });
    const lookup = dataLookup(
      this.made.map(({ manifest }) => manifest),
      release.namespace,
    );
    const { configurations } = mountedConfigurations(
      workloads.map(({ workload }) => workload),
      lookup,
      budget,
    );
    const found = workloads.flatMap(({ workload, alias }): RenderedCollector[] => {
      const known = this.knownCollector(alias);
      const written = workload.manifest.get('spec', 'config');
      const mounted = configurations.find((configuration) => configuration.workload === workload)?.config;
      const configuration = isMapping(written) ? written : mounted;
      return known === undefined && configuration === undefined
        ? []
        : [this.collector(workload, alias, known, configuration)];
    });
    const order = this.builtIn.collectors.map(({ chart }) => chart.alias);
    const rank = ({ chart }: RenderedCollector) =>
      order.includes(chart.alias) ? order.indexOf(chart.alias) : order.length;
    return found.toSorted((a, b) => rank(a) - rank(b));
  }

  /** The plain chart has one collector, whatever it is called. */
  private knownCollector(alias: string): RenderedCollector | undefined {
    const { collectors } = this.builtIn;
    const [first] = collectors;
    return (
      collectors.find(({ chart }) => chart.alias === alias) ??
      (first?.chart.role === undefined && collectors.length === 1 ? first : undefined)
    );
  }

  private collector(
    workload: Workload,
    alias: string,
    known: RenderedCollector | undefined,
    configuration: Mapping | undefined,
  ): RenderedCollector {
    const { version, root } = this.props;
    const serviceAccount = textAt(workload.podTemplate, 'spec', 'serviceAccountName') ?? 'default';
    return {
      chart: known?.chart ?? { ...plainChart, alias, title: alias.replace('opentelemetry-', '').replaceAll('-', ' ') },
      version,
      values: known?.values ?? new ChartValues({}),
      path: known?.path ?? [...root, alias],
      kind: kindOf(workload),
      onEveryNode:
        workload.kind === 'DaemonSet' || (isManaged(workload) && operatorMode(workload.manifest) === 'daemonset'),
      name: workload.name,
      namespace: workload.namespace,
      labels: isManaged(workload) ? {} : workload.labels,
      hostNetwork: workload.hostNetwork,
      ports: portsOf(workload),
      serviceAccount,
      roles: rolesOfChart(this.grants, `${workload.namespace}/${serviceAccount}`, this.makesAccount(serviceAccount)),
      resourceAttributes: resourceAttributesOf(workload),
      configuration,
      draft: known?.draft ?? new Draft({}),
    };
  }

  private makesAccount(name: string): boolean {
    return this.made.some(({ manifest }) => manifest.kind === 'ServiceAccount' && manifest.name === name);
  }

  private services(): RenderedService[] {
    return this.made
      .filter(({ manifest }) => manifest.kind === 'Service')
      .map(({ manifest, alias, template }) => {
        const { name, namespace, type, headless, internalTrafficPolicy, selector } = serviceOf(
          manifest,
          this.props.release.namespace,
        );
        const collector = this.knownCollector(alias);
        const key = template.includes('targetallocator') ? 'targetAllocator' : 'service';
        return {
          name,
          namespace,
          type,
          headless,
          internalTrafficPolicy,
          selector,
          ports: listAt(manifest.value, 'spec', 'ports').map((port) => ({
            name: textAt(port, 'name') ?? '',
            port: numberAt(port, 'port'),
            targetPort: numberAt(port, 'targetPort') ?? textAt(port, 'targetPort'),
            nodePort: numberAt(port, 'nodePort') || undefined,
          })),
          path: [...(collector?.path ?? [...this.props.root, alias]), key],
        };
      });
  }
}

/** Helm writes above each object which template made it. */
function sourceOf(text: string): Omit<Made, 'manifest'> {
  const [, path = ''] = /^# Source: (\S+)/m.exec(text) ?? [];
  const parts = path.split('/');
  const charts = parts.lastIndexOf('charts');
  return { alias: (charts < 0 ? parts[0] : parts[charts + 1]) ?? '', template: parts.at(-1) ?? '' };
}

const isManaged = ({ kind }: Workload): boolean => kind === 'OpenTelemetryCollector';

function kindOf({ kind }: Workload): RenderedCollector['kind'] {
  return kind === 'DaemonSet' || kind === 'StatefulSet' || kind === 'OpenTelemetryCollector' ? kind : 'Deployment';
}

const portsOf = (workload: Workload): ContainerPort[] =>
  (isManaged(workload)
    ? listAt(workload.manifest.value, 'spec', 'ports')
    : workload.containers.flatMap(({ value }) => listAt(value, 'ports'))
  ).map((port) => ({
    name: textAt(port, 'name') ?? '',
    containerPort: numberAt(port, 'containerPort') ?? numberAt(port, 'port'),
    hostPort: numberAt(port, 'hostPort') || undefined,
  }));

/** Of several variables of one name the last counts. */
function resourceAttributesOf({ containers: [container] }: Workload): string | null | undefined {
  const variable = listAt(container?.value, 'env').findLast(
    (entry) => textAt(entry, 'name') === 'OTEL_RESOURCE_ATTRIBUTES',
  );
  return variable === undefined ? undefined : (textAt(valueAt(variable, 'value')) ?? null);
}
