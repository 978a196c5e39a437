import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { ChartRenderer, RenderRequest, RenderResult, UsedChart } from '../chart/chart-renderer.ts';
import { unknownRelease } from '../chart/installation.ts';
import { otelIntegrationChart } from '../chart/names.ts';
import { firstKnown, type Publisher, publisherOfChart } from '../chart/publisher.ts';
import { parseYaml } from '../yaml/parse.ts';
import { kubernetesSchema } from '../yaml/schema.ts';
import { isMapping, mappingAt, textAt } from '../yaml/value.ts';
import { localCharts } from './local-charts.ts';
import { helmProgram, runHelm } from './run-helm.ts';

export interface HelmRendererProps {
  /**
   * The chart of the command line: a folder, a `.tgz`, the address of a repository, or a reference that helm resolves.
   * Only this one may be fetched from a network.
   *
   * @default - the chart is looked for beside the values and in the cache of helm
   */
  readonly chart?: string | undefined;
  /** @default - that of the request, or of helm */
  readonly kubeVersion?: string | undefined;
  /** @default - those of the request */
  readonly apiVersions?: readonly string[] | undefined;
}

/** A renderer that asks the helm of this machine, once for each installation. */
export function helmRenderer(props: HelmRendererProps = {}): ChartRenderer {
  const helm = new Helm(props);
  const results = new Map<string, RenderResult>();
  return (request) => {
    const key = JSON.stringify(request);
    const result = results.get(key) ?? helm.render(request);
    results.set(key, result);
    return result;
  };
}

/** A chart as helm is given it. */
interface ChartSource {
  /** Folder, file, reference or name in a repository. */
  readonly chart: string;
  /** Where it comes from, and which version is meant. */
  readonly flags: readonly string[];
  /** For messages. */
  readonly location: string;
  /** Whether the user names it, rather than that it was found in the cache. */
  readonly isNamed: boolean;
}

/** What a chart is, or why that is not known. */
type Description = Omit<UsedChart, 'helm' | 'isNamed'> & { readonly name: string };

class Helm {
  private version: string | undefined;
  private readonly descriptions = new Map<string, Description | string>();

  constructor(private readonly props: HelmRendererProps) {}

  render(request: RenderRequest): RenderResult {
    const helm = this.helmVersion();
    if (helm === undefined) {
      const program = helmProgram();
      const reason =
        program === 'helm' ? 'there is no helm on the path' : `PODHOST_HELM is ${program}, which does not run`;
      return { kind: 'unavailable', reason };
    }
    const found = this.chartOf(request);
    if (typeof found === 'string') {
      return { kind: 'unavailable', reason: found };
    }
    const { source, description } = found;
    const chart: UsedChart = {
      location: description.location,
      version: description.version,
      publisher: description.publisher,
      isNamed: source.isNamed,
      helm,
    };
    const run = runHelm(this.templateArguments(request, source), JSON.stringify(valuesOf(request)));
    switch (run.kind) {
      case 'done':
        return { kind: 'rendered', chart, manifests: withoutStandIns(run.stdout) };
      case 'missing':
        return { kind: 'unavailable', reason: 'helm is gone from the path' };
      case 'failed': {
        const reason = withoutStandIns(run.reason);
        return isRefusal(reason)
          ? { kind: 'refused', chart, reason: withoutHint(reason) }
          : { kind: 'unavailable', reason: `helm fails with ${source.location}: ${firstLine(reason)}` };
      }
    }
  }

  private helmVersion(): string | undefined {
    if (this.version === undefined) {
      const run = runHelm(['version', '--template', '{{.Version}}']);
      this.version = run.kind === 'done' ? run.stdout.trim().replace(/^v/, '') : '';
    }
    return this.version === '' ? undefined : this.version;
  }

  /** The chart to render, or why there is none. */
  private chartOf(request: RenderRequest): { source: ChartSource; description: Description } | string {
    const named = this.props.chart === undefined ? undefined : namedChart(this.props.chart, request);
    if (named !== undefined) {
      const description = this.describe(named);
      if (typeof description === 'string') {
        return description;
      }
      if (description.name === request.chart) {
        return { source: named, description };
      }
    }
    // An umbrella chart has the one that is wanted in its own folder of charts.
    const inside = named === undefined || named.flags.length > 0 ? [] : [join(named.chart, 'charts')];
    for (const { location, isNamed } of localCharts(request, inside)) {
      const source = { chart: location, flags: [], location, isNamed };
      const description = this.describe(source);
      if (typeof description !== 'string' && isWanted(description, request)) {
        return { source, description };
      }
    }
    const wanted = request.version === undefined ? request.chart : `${request.chart} ${request.version}`;
    return named === undefined
      ? `${wanted} is neither named with --chart nor in the cache of helm`
      : `${named.location} is another chart, and ${wanted} is not in the cache of helm`;
  }

  private describe(source: ChartSource): Description | string {
    const key = [source.chart, ...source.flags].join('\n');
    const known = this.descriptions.get(key) ?? describeChart(source);
    this.descriptions.set(key, known);
    return known;
  }

  private templateArguments(request: RenderRequest, { chart, flags }: ChartSource): string[] {
    const { release } = request;
    const kubeVersion = this.props.kubeVersion ?? request.kubeVersion;
    const apiVersions = [...(this.props.apiVersions ?? []), ...(request.apiVersions ?? [])];
    return [
      'template',
      ...flags,
      `--namespace=${release.namespace}`,
      ...(kubeVersion === undefined ? [] : [`--kube-version=${kubeVersion}`]),
      ...apiVersions.map((version) => `--api-versions=${version}`),
      '--values=-',
      // Behind "--" nothing is an option, whatever the name of a chart.
      '--',
      release.name === unknownRelease ? releaseStandIn : release.name,
      chart,
    ];
  }
}

/** As long as the text that stands for a name of a release that is not known, and a name that helm accepts. */
const releaseStandIn = 'r7q9z5x8w';

/** For what the chart wants of `global` and the values do not have: it may be given to helm in another way. */
const globalStandIn = 'g7q9z5x8w';

const wantedGlobals = ['domain', 'clusterName'];

function valuesOf({ values, alias, chart }: RenderRequest): object {
  const global = values['global'] ?? {};
  const missing = chart === 'otel-integration' && isMapping(global) ? wantedGlobals.filter((key) => !global[key]) : [];
  const isRenamed = chart === 'opentelemetry-collector' && alias !== undefined && !values['nameOverride'];
  return {
    ...values,
    ...(missing.length === 0
      ? {}
      : { global: { ...mappingAt(global), ...Object.fromEntries(missing.map((key) => [key, globalStandIn])) } }),
    // In an umbrella chart the alias is the name of the chart, after which its objects are named.
    ...(isRenamed ? { nameOverride: alias } : {}),
  };
}

const withoutStandIns = (text: string): string =>
  text
    .replaceAll(releaseStandIn, unknownRelease)
    .replace(new RegExp(`(: )${globalStandIn}$`, 'gm'), '$1""')
    .replaceAll(globalStandIn, '');

function namedChart(reference: string, { chart, version }: RenderRequest): ChartSource {
  const source = { location: reference, isNamed: true };
  if (existsSync(reference)) {
    return { ...source, chart: reference, flags: [] };
  }
  const flags = version === undefined ? [] : [`--version=${version}`];
  const isRepository = /^https?:\/\//.test(reference) && !reference.endsWith('.tgz');
  return isRepository
    ? { ...source, chart, flags: [`--repo=${reference}`, ...flags] }
    : { ...source, chart: reference, flags };
}

function describeChart({ chart: reference, flags, location }: ChartSource): Description | string {
  const run = runHelm(['show', 'chart', ...flags, '--', reference]);
  if (run.kind !== 'done') {
    return run.kind === 'missing'
      ? 'helm is gone from the path'
      : `helm fails with ${location}: ${firstLine(run.reason)}`;
  }
  const parsed = parseYaml(run.stdout, kubernetesSchema);
  const chart = 'value' in parsed ? parsed.value : undefined;
  const name = textAt(chart, 'name');
  const version = textAt(chart, 'version');
  return name === undefined || version === undefined
    ? `${location} is no chart`
    : { location, name, version, publisher: publisherOf(name, chart) };
}

const publisherOf = (name: string, chart: unknown): Publisher =>
  name === otelIntegrationChart.name ? 'coralogix' : publisherOfChart(chart);

/** Two publishers have a chart of one name, and the cache of helm keeps both under it. */
const isWanted = ({ name, version, publisher }: Description, request: RenderRequest): boolean =>
  name === request.chart &&
  (request.version === undefined || version === request.version) &&
  (request.publisher === 'unknown' || firstKnown(publisher, request.publisher) === request.publisher);

const refusals =
  /^(?:execution error at|template: |parse error at|values don't meet the specifications|YAML parse error on|error converting YAML|type mismatch on|coalesce|failed parsing|render error|unable to parse YAML)/;

/** Whether helm fails for what is in the values, and would fail with them wherever it runs. */
const isRefusal = (reason: string): boolean => refusals.test(reason);

const withoutHint = (reason: string): string =>
  reason.replace(/\s*Use --debug flag to render out invalid YAML\s*$/, '');

const firstLine = (text: string): string => text.trim().split('\n')[0] ?? '';
