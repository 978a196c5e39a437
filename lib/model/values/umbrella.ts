import { basename, dirname, join, normalize } from 'node:path';
import { publisherOfRepository } from '../../chart/publisher.ts';
import type { SourceDocument } from '../../yaml/source-document.ts';
import { isMapping, listAt, type Mapping, mappingAt, textAt, valueAt } from '../../yaml/value.ts';
import { lockedVersion } from './chart-version.ts';
import type { ChartInstallation } from './installation.ts';
import { type Layer, mappingLayer, mergedValues, nestedLayer } from './layer.ts';
import { knownChart } from './objects/values-reader.ts';

/**
 * Charts of the input that have a known chart as a dependency: its values stand below the dependency's name or alias
 * in the values of the chart. Each other values file beside `values.yaml` is an installation of its own, and the given
 * ones are one together.
 *
 * @param given documents of `--values`, in their order
 * @see https://helm.sh/docs/topics/charts/#chart-dependencies
 */
export function umbrellaInstallations(
  documents: readonly SourceDocument[],
  given: readonly SourceDocument[],
): UmbrellaInstallations {
  const found = documents.filter(isChart).flatMap((chart) =>
    listAt(chart.value, 'dependencies')
      .filter((dependency) => knownChart(textAt(dependency, 'name')) !== undefined)
      .flatMap((dependency) => installationsOf(chart, dependency, documents, given)),
  );
  return {
    installations: found.filter(({ isInstalled }) => isInstalled).map(({ installation }) => installation),
    off: found.filter(({ isInstalled }) => !isInstalled).flatMap(({ installation }) => installation.documents),
  };
}

/** What charts of the input install of known charts. */
export interface UmbrellaInstallations {
  readonly installations: readonly ChartInstallation[];
  /** Documents of dependencies whose condition is off: they are values of nothing else. */
  readonly off: readonly SourceDocument[];
}

interface FoundInstallation {
  readonly installation: ChartInstallation;
  readonly isInstalled: boolean;
}

const isChart = ({ file, value }: SourceDocument): boolean => basename(file) === 'Chart.yaml' && isMapping(value);

/** Where a chart stands among the charts that have it as a dependency. */
interface Nesting {
  /** The chart that helm installs. */
  readonly top: SourceDocument;
  /** Names of dependencies from there to the chart. */
  readonly keys: readonly string[];
  /** Charts below the top, with the keys that lead to them. */
  readonly inner: readonly InnerChart[];
}

interface InnerChart {
  readonly chart: SourceDocument;
  readonly keys: readonly string[];
  /** How the chart above names it; undefined where it only lies in its folder. */
  readonly dependency: unknown;
}

/** Deeper charts are in nobody's folder. */
const maximumDepth = 8;

function nestingOf(chart: SourceDocument, charts: readonly SourceDocument[], depth = 0): Nesting {
  const own = folderOf(chart);
  for (const parent of depth < maximumDepth ? charts : []) {
    const found = parent === chart ? undefined : mountIn(parent, own, textAt(chart.value, 'name'));
    if (found !== undefined) {
      const { top, keys, inner } = nestingOf(parent, charts, depth + 1);
      const all = [...keys, found.key];
      return { top, keys: all, inner: [...inner, { chart, keys: all, dependency: found.dependency }] };
    }
  }
  return { top: chart, keys: [], inner: [] };
}

const folderOf = ({ file }: SourceDocument): string => dirname(normalize(file));

/** Under which name a chart has that of a folder as a dependency. */
function mountIn(
  parent: SourceDocument,
  folder: string,
  name: string | undefined,
): { readonly key: string; readonly dependency: unknown } | undefined {
  const own = folderOf(parent);
  const dependencies = listAt(parent.value, 'dependencies');
  const isInside = dirname(folder) === join(own, 'charts');
  const dependency = dependencies.find((each) => {
    const path = /^file:\/\/(.*)$/.exec(textAt(each, 'repository') ?? '')?.[1];
    return textAt(each, 'name') === name && (isInside || (path !== undefined && join(own, path) === folder));
  });
  const key = textAt(dependency, 'alias') ?? textAt(dependency, 'name') ?? (isInside ? name : undefined);
  return key === undefined ? undefined : { key, dependency };
}

function installationsOf(
  chart: SourceDocument,
  dependency: unknown,
  documents: readonly SourceDocument[],
  given: readonly SourceDocument[],
): FoundInstallation[] {
  const name = textAt(dependency, 'alias') ?? textAt(dependency, 'name') ?? '';
  const nesting = nestingOf(chart, documents.filter(isChart));
  const root = [...nesting.keys, name];
  const beside = valuesBeside(nesting.top, documents);
  const base = beside.filter(({ file }) => basename(file) === 'values.yaml').slice(0, 1);
  const hasKey = ({ value }: SourceDocument) => valueAt(value, ...root) !== undefined;
  const together = given.filter((document) => hasKey(document) && !base.includes(document));
  const others = beside.filter((document) => hasKey(document) && ![...base, ...given].includes(document));
  const sets = [...(together.length > 0 ? [together] : []), ...others.map((other) => [other])];
  const inner = nesting.inner.flatMap(({ chart: sub, keys }) =>
    valuesBeside(sub, documents)
      .filter(({ file }) => basename(file) === 'values.yaml')
      .map((document) => ({ document, keys })),
  );
  return (sets.length > 0 ? sets : [[]]).map((set) => {
    const written = [
      ...inner.toReversed(),
      ...[...base, ...set].map((document): WrittenValues => ({ document, keys: [] })),
    ];
    const version = lockedVersion(chart, dependency, documents);
    const installation = {
      ...below(root, chart, dependency, written),
      ...(version === undefined ? {} : { version }),
    };
    const values = mergedValues(installation.layers);
    const areOn = nesting.inner.every((each) => isOn(each.dependency, mappingAt(values, ...each.keys.slice(0, -1))));
    return { installation, isInstalled: areOn && isOn(dependency, mappingAt(values, ...nesting.keys)) };
  });
}

const valuesBeside = (chart: SourceDocument, documents: readonly SourceDocument[]): SourceDocument[] =>
  documents.filter(
    (document) =>
      folderOf(document) === folderOf(chart) && isMapping(document.value) && basename(document.file) !== 'Chart.yaml',
  );

/** Values of a chart, and the keys under which they stand in those of the chart that is installed. */
interface WrittenValues {
  readonly document: SourceDocument;
  readonly keys: readonly string[];
}

function below(
  root: readonly string[],
  chart: SourceDocument,
  dependency: unknown,
  written: readonly WrittenValues[],
): ChartInstallation {
  // What the chart itself says of `global` counts more than what it says below the dependency.
  const globals = written.flatMap(({ document, keys }): Layer[] => {
    const path = root.slice(keys.length);
    const global = valueAt(document.value, ...path, 'global');
    return isMapping(global) ? [mappingLayer(document, { global }, path)] : [];
  });
  const [first = mappingLayer(chart, {}), ...others] = [
    ...globals,
    ...written.map(({ document, keys }) => nestedLayer(mappingLayer(document, mappingAt(document.value)), keys)),
  ];
  const files = written.map(({ document }) => document);
  return {
    chart: knownChart(textAt(dependency, 'name')) ?? 'otel-integration',
    publisher: publisherOfRepository(textAt(dependency, 'repository')),
    title: files.length === 0 ? chart.file : files.map(({ file }) => file).join(' and '),
    layers: [first, ...others],
    root: [...root],
    alias: root.at(-1),
    folders: [join(dirname(chart.file), 'charts')],
    isNamed: true,
    isFile: true,
    documents: [chart, ...files],
  };
}

/** The first path of the condition that leads to a boolean decides. */
function isOn(dependency: unknown, values: Mapping): boolean {
  const paths = (textAt(dependency, 'condition') ?? '').split(',').map((path) => path.trim().split('.'));
  const found = paths.map((path) => valueAt(values, ...path)).find((value) => typeof value === 'boolean');
  return found !== false;
}
