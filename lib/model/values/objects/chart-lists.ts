import { basename, dirname, join, normalize } from 'node:path';
import { publisherOfRepository } from '../../../chart/publisher.ts';
import type { SourceDocument } from '../../../yaml/source-document.ts';
import { isMapping, listAt, type Mapping, type Path, textAt, textListAt, valueAt } from '../../../yaml/value.ts';
import { isKustomization } from '../../source/unrendered.ts';
import type { ChartInstallation } from '../installation.ts';
import { type Layer, mappingLayer, settingLayer } from '../layer.ts';
import { setPath, setValue } from '../set-syntax.ts';
import { knownChart, type ValuesReader } from './values-reader.ts';

/**
 * The charts that kustomizations inflate and that releases of helmfile install.
 *
 * @param documents of the input, kustomizations included
 * @see https://kubectl.docs.kubernetes.io/references/kustomize/builtins/#_helmchartinflationgenerator_
 * @see https://helmfile.readthedocs.io/en/latest/#configuration
 */
export const listedInstallations = (documents: readonly SourceDocument[], reader: ValuesReader): ChartInstallation[] =>
  documents.flatMap((document) =>
    isKustomization(document)
      ? entriesAt(document, 'helmCharts').flatMap((entry) => ofKustomization(entry, documents, reader) ?? [])
      : isHelmfile(document)
        ? entriesAt(document, 'releases').flatMap((entry) => ofHelmfile(entry, documents, reader) ?? [])
        : [],
  );

const isHelmfile = ({ file, value }: SourceDocument): boolean =>
  (basename(file).startsWith('helmfile') || basename(dirname(file)) === 'helmfile.d') &&
  isMapping(value) &&
  Array.isArray(value['releases']);

/** A chart in a list. */
interface Entry {
  readonly document: SourceDocument;
  readonly path: Path;
  readonly value: Mapping;
}

const entriesAt = (document: SourceDocument, key: string): Entry[] =>
  listAt(document.value, key).flatMap((value, index) =>
    isMapping(value) ? [{ document, path: [key, index], value }] : [],
  );

function ofKustomization(
  entry: Entry,
  documents: readonly SourceDocument[],
  reader: ValuesReader,
): ChartInstallation | undefined {
  const { value } = entry;
  const files = [...textListAt(value, 'additionalValuesFiles')].map(
    (file, index): ValuesEntry => ({
      value: file,
      path: ['additionalValuesFiles', index],
    }),
  );
  const main = valueAt(value, 'valuesFile');
  const inline: ValuesEntry = { value: value['valuesInline'], path: ['valuesInline'] };
  const written = [...(main === undefined ? [] : [{ value: main, path: ['valuesFile'] }]), ...files];
  const isFileFirst = textAt(value, 'valuesMerge') !== 'merge';
  return installation(entry, documents, reader, {
    chart: textAt(value, 'name'),
    repository: textAt(value, 'repo'),
    name: textAt(value, 'releaseName'),
    values: isFileFirst ? [...written, inline] : [inline, ...written],
  });
}

function ofHelmfile(
  entry: Entry,
  documents: readonly SourceDocument[],
  reader: ValuesReader,
): ChartInstallation | undefined {
  const { value, document } = entry;
  if (textAt(value, 'installed') === 'false') {
    return undefined;
  }
  const chart = textAt(value, 'chart');
  const repository = listAt(document.value, 'repositories').find(
    (each) => textAt(each, 'name') === chart?.split('/', 1)[0],
  );
  return installation(entry, documents, reader, {
    chart,
    repository: textAt(repository, 'url') ?? chart,
    name: textAt(value, 'name'),
    values: listAt(value, 'values').map((each, index) => ({ value: each, path: ['values', index] })),
  });
}

interface ValuesEntry {
  /** A mapping, or the name of a file. */
  readonly value: unknown;
  readonly path: Path;
}

interface ListedChart {
  readonly chart: string | undefined;
  readonly repository: string | undefined;
  readonly name: string | undefined;
  readonly values: readonly ValuesEntry[];
}

function installation(
  { document, path, value }: Entry,
  documents: readonly SourceDocument[],
  reader: ValuesReader,
  listed: ListedChart,
): ChartInstallation | undefined {
  const chart = knownChart(listed.chart);
  if (chart === undefined) {
    return undefined;
  }
  const used: SourceDocument[] = [];
  const missing: string[] = [];
  const layers = listed.values.flatMap((entry): Layer[] => {
    const at = [...path, ...entry.path];
    if (isMapping(entry.value)) {
      return [mappingLayer(document, entry.value, at)];
    }
    const file = textAt(entry.value);
    const found = file === undefined ? undefined : fileBeside(document, file, documents);
    if (file !== undefined && found === undefined) {
      missing.push(`${file} is not in the input`);
      reader.unread.push({
        code: 'read/values',
        message: `the values of ${listed.name ?? listed.chart} are not read in full: ${missing.at(-1)}`,
        place: document.place(at),
        suggestion: 'name the file, too',
      });
    }
    used.push(...(found === undefined ? [] : [found]));
    return isMapping(found?.value) ? [mappingLayer(found, found.value)] : [];
  });
  const settings = listAt(value, 'set').flatMap((entry, index): Layer[] => {
    const name = textAt(entry, 'name');
    const place = () => document.place([...path, 'set', index, 'value']);
    return name === undefined
      ? []
      : [settingLayer(document, setPath(name), setValue(textAt(entry, 'value') ?? ''), place)];
  });
  const [first = mappingLayer(document, {}, path), ...others] = [...layers, ...settings];
  const version = textAt(value, 'version');
  const namespace = textAt(value, 'namespace');
  return {
    chart,
    publisher: publisherOfRepository(listed.repository),
    title: `${document.file} (${listed.name ?? listed.chart})`,
    layers: [first, ...others],
    ...(version === undefined ? {} : { version }),
    ...(listed.name === undefined ? {} : { name: listed.name }),
    ...(namespace === undefined ? {} : { namespace }),
    ...(missing[0] === undefined ? {} : { missing: missing[0] }),
    isNamed: true,
    isFile: false,
    documents: [...used, document],
  };
}

const fileBeside = (
  { file }: SourceDocument,
  wanted: string,
  documents: readonly SourceDocument[],
): SourceDocument | undefined =>
  documents.find((other) => normalize(other.file) === join(dirname(normalize(file)), wanted));
