import { type ChartName, type ChartRendering, renderChart } from '../../chart/chart.ts';
import type { ChartRenderer, RenderResult, UsedChart } from '../../chart/chart-renderer.ts';
import { ChartValues } from '../../chart/chart-values.ts';
import type { Release } from '../../chart/installation.ts';
import { firstKnown, type Publisher, publisherOfValues } from '../../chart/publisher.ts';
import { knowledgeOf } from '../../chart/versions.ts';
import type { ValueBudget } from '../../yaml/limits.ts';
import type { SourceDocument } from '../../yaml/source-document.ts';
import { type Mapping, mappingAt, type Path } from '../../yaml/value.ts';
import { uncertaintyOf } from '../document-kind.ts';
import type { Manifest } from '../manifest.ts';
import { type ChartVersion, chartVersionOf } from './chart-version.ts';
import { helmRefusals } from './helm-refusal.ts';
import { type HelmRenderingProps, helmRendering } from './helm-rendering.ts';
import type { ChartInstallation } from './installation.ts';
import { LayeredDocument } from './layer.ts';

/** Values of one installation, and for which chart they are. */
export interface ValuesDocument {
  readonly chart: ChartName;
  /** Whose chart `opentelemetry-collector`; of `otel-integration` always `coralogix`. */
  readonly publisher: Publisher;
  readonly version: ChartVersion;
  /** For messages: the files, or the object with its file. */
  readonly title: string;
  /** By which it is chosen where there are several: its title, the object that installs it and the release. */
  readonly names: readonly string[];
  /** Equal for charts that one release installs together. */
  readonly id: string;
  /** Its values as one document, wherever they are written. */
  readonly document: SourceDocument;
  /** Where in the document the values of the chart begin; its `global` stands at the top. */
  readonly root: Path;
  /** The values of the chart as they are written. */
  readonly written: Mapping;
  readonly release: Release;
  /** What helm makes of it; paths lead from the top of the document. */
  readonly rendering: ChartRendering;
  /** What the rendering is known from. */
  readonly renderedBy: RenderedBy;
  /** Whether the chart is named, so that no content decides what the values are for. */
  readonly isNamed: boolean;
  /** Files that `helm --values` reads as these values, in its order; none where an object holds them. */
  readonly valuesFiles: readonly string[];
  /**
   * Values of it that were not read, so that what helm makes of it is not known.
   *
   * @default - all of them were
   */
  readonly missing?: string;
  /** Every file that holds some of the values. */
  readonly files: readonly string[];
  /**
   * Why it may be something else.
   *
   * @default - the kind is certain
   */
  readonly uncertainty?: string;
}

/** What is known of a rendering, and from where. */
export type RenderedBy =
  | {
      readonly kind: 'helm';
      readonly chart: UsedChart;
      /** Whether helm refuses the values. */
      readonly isRefused: boolean;
      /** The version that the values are for, where the chart at hand is another one. */
      readonly otherVersion: string | undefined;
    }
  /** The built-in model of the chart; the reason why helm was not asked, if it was to be. */
  | { readonly kind: 'model'; readonly reason: string | undefined };

export interface ValuesDocumentProps {
  /** Where the installation names none. */
  readonly release: Release;
  /**
   * Asks helm.
   *
   * @default - the built-in model of the chart decides alone
   */
  readonly renderer?: ChartRenderer | undefined;
  readonly budget: ValueBudget;
}

/** Renders an installation. */
export function valuesDocument(installation: ChartInstallation, props: ValuesDocumentProps): ValuesDocument {
  const { release } = props;
  const { chart, title, layers, root = [], isNamed, isFile } = installation;
  const document = new LayeredDocument(layers);
  const all = mappingAt(document.value);
  const written = root.length === 0 ? all : belowRoot(all, root);
  const own: Release = {
    name: installation.name ?? release.name,
    namespace: installation.namespace ?? release.namespace,
  };
  const layerFiles = [...new Set(layers.map((layer) => layer.document.file))];
  const files = [...new Set([...layerFiles, ...installation.documents.map(({ file }) => file)])];
  const uncertainty = isNamed ? undefined : uncertaintyOf(written);
  const expected: Publisher =
    chart === 'otel-integration'
      ? 'coralogix'
      : firstKnown(installation.publisher ?? 'unknown', publisherOfValues(written));
  const named = chartVersionOf(chart, installation.version);
  // Of values that are not complete nobody knows what helm makes.
  const renderer = installation.missing === undefined ? props.renderer : undefined;
  const result = renderer?.({
    chart,
    publisher: expected,
    version: named.isAssumed ? undefined : named.version,
    release: own,
    values: written,
    folders: installation.folders ?? [],
    ...(installation.alias === undefined ? {} : { alias: installation.alias }),
    ...(installation.kubeVersion === undefined ? {} : { kubeVersion: installation.kubeVersion }),
    ...(installation.apiVersions === undefined ? {} : { apiVersions: installation.apiVersions }),
  });
  const renderedBy = renderedByOf(result, named);
  const used = renderedBy.kind === 'helm' ? renderedBy.chart : undefined;
  const version = used === undefined ? named : { version: used.version, isAssumed: named.isAssumed && !used.isNamed };
  const publisher = firstKnown(used?.publisher ?? 'unknown', expected);
  const isKnown =
    installation.missing === undefined &&
    publisher !== 'opentelemetry' &&
    knowledgeOf(chart, version.version) !== 'older';
  const builtIn = withRoot(renderChart(chart, written, own, version.version, installation.alias), root);
  return {
    chart,
    publisher,
    version,
    title,
    names: [title, ...namesOfObject(installation.object), ...(installation.name === undefined ? [] : [own.name])],
    id: isFile ? files.join('\n') : title,
    document,
    root,
    written,
    release: own,
    rendering: renderingOf(result, builtIn, isKnown, {
      title,
      version: version.version,
      release: own,
      root,
      values: document.value,
      budget: props.budget,
    }),
    renderedBy,
    isNamed,
    valuesFiles: isFile ? layerFiles : [],
    files,
    ...(installation.missing === undefined ? {} : { missing: installation.missing }),
    ...(uncertainty === undefined ? {} : { uncertainty }),
  };
}

function renderedByOf(result: RenderResult | undefined, named: ChartVersion): RenderedBy {
  return result === undefined || result.kind === 'unavailable'
    ? { kind: 'model', reason: result?.reason }
    : {
        kind: 'helm',
        chart: result.chart,
        isRefused: result.kind === 'refused',
        otherVersion: named.isAssumed || named.version === result.chart.version ? undefined : named.version,
      };
}

/**
 * @param isKnown whether the built-in model is one of this chart and version
 */
function renderingOf(
  result: RenderResult | undefined,
  builtIn: ChartRendering,
  isKnown: boolean,
  { values, ...props }: Omit<HelmRenderingProps, 'manifests'> & { readonly values: unknown },
): ChartRendering {
  const { refusals } = builtIn;
  switch (result?.kind) {
    case 'rendered': {
      const missing = refusals.filter(({ path }) => path[0] === 'global');
      const known = result.chart.publisher === 'opentelemetry' ? withoutDefaults(builtIn) : builtIn;
      return { ...helmRendering(known, { ...props, manifests: result.manifests }), refusals: missing };
    }
    case 'refused':
      return { ...builtIn, refusals: helmRefusals(result.reason, isKnown ? refusals : [], values, props.root) };
    default:
      // What another chart or version makes of values and refuses is not known, but the names of its objects are the same.
      return isKnown ? builtIn : { ...builtIn, refusals: [] };
  }
}

/** The chart of OpenTelemetry has other defaults, so that only what is written is known. */
const withoutDefaults = (builtIn: ChartRendering): ChartRendering => ({
  ...builtIn,
  collectors: builtIn.collectors.map((collector) => {
    const { written } = collector.values;
    return { ...collector, values: new ChartValues(written, written) };
  }),
});

function namesOfObject(object: Manifest | undefined): string[] {
  if (object === undefined) {
    return [];
  }
  const { kind, name, namespace, title } = object;
  return [title, name, `${kind.toLowerCase()}/${name}`, ...(namespace === undefined ? [] : [`${namespace}/${name}`])];
}

/** Helm hands the `global` of a chart to its dependencies. */
const belowRoot = (all: Mapping, root: Path): Mapping => ({
  ...mappingAt(all, ...root),
  ...(Object.hasOwn(all, 'global') ? { global: all['global'] } : {}),
});

function withRoot(rendering: ChartRendering, root: Path): ChartRendering {
  if (root.length === 0) {
    return rendering;
  }
  const below = <T extends { readonly path: Path }>(part: T): T =>
    part.path[0] === 'global' ? part : { ...part, path: [...root, ...part.path] };
  return {
    collectors: rendering.collectors.map(below),
    services: rendering.services.map(below),
    refusals: rendering.refusals.map(below),
  };
}
