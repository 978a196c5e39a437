import { basename, dirname, join, normalize } from 'node:path';
import { publisherOfRepository } from '../../chart/publisher.ts';
import type { SourceDocument } from '../../yaml/source-document.ts';
import { isMapping, listAt, type Mapping, mappingAt, textAt, valueAt } from '../../yaml/value.ts';
import { lockedVersion } from './chart-version.ts';
import type { ChartInstallation } from './installation.ts';
import { type Layer, mappingLayer, mergedValues } from './layer.ts';
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
): ChartInstallation[] {
  return documents.filter(isChart).flatMap((chart) =>
    listAt(chart.value, 'dependencies')
      .filter((dependency) => knownChart(textAt(dependency, 'name')) !== undefined)
      .flatMap((dependency) => installationsOf(chart, dependency, documents, given)),
  );
}

const isChart = ({ file, value }: SourceDocument): boolean => basename(file) === 'Chart.yaml' && isMapping(value);

function installationsOf(
  chart: SourceDocument,
  dependency: unknown,
  documents: readonly SourceDocument[],
  given: readonly SourceDocument[],
): ChartInstallation[] {
  const key = textAt(dependency, 'alias') ?? textAt(dependency, 'name') ?? '';
  const folder = dirname(normalize(chart.file));
  const beside = documents.filter(
    ({ file, value }) => dirname(normalize(file)) === folder && isMapping(value) && basename(file) !== 'Chart.yaml',
  );
  const base = beside.filter(({ file }) => basename(file) === 'values.yaml').slice(0, 1);
  const hasKey = ({ value }: SourceDocument) => valueAt(value, key) !== undefined;
  const together = given.filter((document) => hasKey(document) && !base.includes(document));
  const others = beside.filter((document) => hasKey(document) && ![...base, ...given].includes(document));
  const sets = [...(together.length > 0 ? [together] : []), ...others.map((other) => [other])];
  return (sets.length > 0 ? sets : [[]]).flatMap((set) => {
    const written = [...base, ...set];
    const version = lockedVersion(chart, dependency, documents);
    const installation = {
      ...below(key, chart, dependency, written),
      ...(version === undefined ? {} : { version }),
    };
    return isOn(dependency, mergedValues(installation.layers)) ? [installation] : [];
  });
}

function below(
  key: string,
  chart: SourceDocument,
  dependency: unknown,
  written: readonly SourceDocument[],
): ChartInstallation {
  // What the chart itself says of `global` counts more than what it says below the dependency.
  const globals = written.flatMap((document): Layer[] => {
    const path = [key, 'global'];
    const global = valueAt(document.value, ...path);
    return isMapping(global) ? [mappingLayer(document, { global }, [key])] : [];
  });
  const [first = mappingLayer(chart, {}), ...others] = [
    ...globals,
    ...written.map((document) => mappingLayer(document, mappingAt(document.value))),
  ];
  return {
    chart: knownChart(textAt(dependency, 'name')) ?? 'otel-integration',
    publisher: publisherOfRepository(textAt(dependency, 'repository')),
    title: written.length === 0 ? chart.file : written.map(({ file }) => file).join(' and '),
    layers: [first, ...others],
    root: [key],
    alias: key,
    folders: [join(dirname(chart.file), 'charts')],
    isNamed: true,
    isFile: true,
    documents: [chart, ...written],
  };
}

/** The first path of the condition that leads to a boolean decides. */
function isOn(dependency: unknown, values: Mapping): boolean {
  const paths = (textAt(dependency, 'condition') ?? '').split(',').map((path) => path.trim().split('.'));
  const found = paths.map((path) => valueAt(values, ...path)).find((value) => typeof value === 'boolean');
  return found !== false;
}
