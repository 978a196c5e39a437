import { type ChartName, type ChartRendering, renderChart } from '../../chart/chart.ts';
import type { Release } from '../../chart/installation.ts';
import { firstKnown, type Publisher, publisherOfValues } from '../../chart/publisher.ts';
import { knowledgeOf } from '../../chart/versions.ts';
import type { SourceDocument } from '../../yaml/source-document.ts';
import { type Mapping, mappingAt, type Path } from '../../yaml/value.ts';
import { uncertaintyOf } from '../document-kind.ts';
import type { Manifest } from '../manifest.ts';
import { type ChartVersion, chartVersionOf } from './chart-version.ts';
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

/**
 * Renders an installation.
 *
 * @param release where the installation names none
 */
export function valuesDocument(installation: ChartInstallation, release: Release): ValuesDocument {
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
  const publisher: Publisher =
    chart === 'otel-integration'
      ? 'coralogix'
      : firstKnown(installation.publisher ?? 'unknown', publisherOfValues(written));
  const version = chartVersionOf(chart, installation.version);
  const rendering = withRoot(renderChart(chart, written, own, version.version), root);
  const isKnown =
    installation.missing === undefined &&
    publisher !== 'opentelemetry' &&
    knowledgeOf(chart, version.version) !== 'older';
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
    // What another chart or version makes of values and refuses is not known, but the names of its objects are the same.
    rendering: isKnown ? rendering : { ...rendering, refusals: [] },
    isNamed,
    valuesFiles: isFile ? layerFiles : [],
    files,
    ...(installation.missing === undefined ? {} : { missing: installation.missing }),
    ...(uncertainty === undefined ? {} : { uncertainty }),
  };
}

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
