import { resolve } from 'node:path';
import { publisherOfRepository } from '../../../chart/publisher.ts';
import type { SourceDocument } from '../../../yaml/source-document.ts';
import { isMapping, listAt, mappingAt, type Path, textAt, textListAt, valueAt } from '../../../yaml/value.ts';
import type { Manifest } from '../../manifest.ts';
import type { ChartInstallation } from '../installation.ts';
import { type Layer, mappingLayer, settingLayer } from '../layer.ts';
import { setPath, setValue } from '../set-syntax.ts';
import { isOfGroup, knownChart, type ValuesReader } from './values-reader.ts';

/**
 * The charts that an Application of Argo CD, or the template of an ApplicationSet, installs.
 *
 * @param documents of the input, in which files of `$values` are looked up
 * @see https://argo-cd.readthedocs.io/en/stable/user-guide/helm/
 */
export function argoCdInstallations(
  manifest: Manifest,
  documents: readonly SourceDocument[],
  reader: ValuesReader,
): ChartInstallation[] {
  const root: Path | undefined = isOfGroup(manifest, 'argoproj.io', 'Application')
    ? []
    : isOfGroup(manifest, 'argoproj.io', 'ApplicationSet')
      ? ['spec', 'template']
      : undefined;
  if (root === undefined) {
    return [];
  }
  const several = [...root, 'spec', 'sources'];
  const sources = listAt(manifest.value, ...several).map((_, index): Path => [...several, index]);
  const paths = sources.length > 0 ? sources : [[...root, 'spec', 'source']];
  const found = paths.flatMap((path) => new ArgoCdSource(manifest, root, path, documents, reader).installation() ?? []);
  return root.length === 0 ? found : found.map(asTemplate);
}

/** What an ApplicationSet fills in for each of its Applications is a placeholder, and nothing that helm evaluates. */
function asTemplate(installation: ChartInstallation): ChartInstallation {
  const [first, ...others] = installation.layers.map(withPlaceholders);
  return first === undefined ? installation : { ...installation, layers: [first, ...others] };
}

const withPlaceholders = (layer: Layer): Layer => ({
  ...layer,
  over: (values) => mappingAt(filled(layer.over(values))),
});

function filled(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(filled);
  }
  return isMapping(value)
    ? Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, filled(entry)]))
    : typeof value === 'string'
      ? value.replaceAll(/\{\{[\s-]*([^{}]*?)[\s-]*\}\}/g, '<$1>')
      : value;
}

/** One source of an Application. */
class ArgoCdSource {
  private readonly used: SourceDocument[] = [];

  constructor(
    private readonly manifest: Manifest,
    private readonly root: Path,
    private readonly path: Path,
    private readonly documents: readonly SourceDocument[],
    private readonly reader: ValuesReader,
  ) {}

  installation(): ChartInstallation | undefined {
    const { manifest, root, path } = this;
    const { value, title } = manifest;
    // A chart in a registry or in git is named by the end of its address or folder.
    const named = ['chart', 'path', 'repoURL'].map((key) => textAt(value, ...path, key));
    const chart = named.flatMap((reference) => knownChart(reference) ?? [])[0];
    if (chart === undefined) {
      return undefined;
    }
    const helm = [...path, 'helm'];
    const version =
      textAt(value, ...path, 'chart') === undefined ? undefined : textAt(value, ...path, 'targetRevision');
    const name = textAt(value, ...helm, 'releaseName') ?? textAt(value, ...root, 'metadata', 'name');
    const namespace = textAt(value, ...helm, 'namespace') ?? textAt(value, ...root, 'spec', 'destination', 'namespace');
    const [first = mappingLayer(manifest.document, {}, [...manifest.path, ...path]), ...others] = [
      ...this.files(),
      ...this.inline(helm),
      ...this.parameters(helm),
    ];
    return {
      chart,
      publisher: publisherOfRepository(textAt(value, ...path, 'repoURL')),
      title: `${manifest.document.file} (${title})`,
      object: manifest,
      ...this.reader.missingOf(manifest),
      layers: [first, ...others],
      // Of a chart in git it is a branch or a commit.
      ...(version === undefined ? {} : { version }),
      ...(name === undefined ? {} : { name }),
      ...(namespace === undefined ? {} : { namespace }),
      ...clusterOf(value, helm),
      isNamed: true,
      isFile: false,
      documents: this.used,
    };
  }

  /** `valuesObject` replaces `values`. */
  private inline(helm: Path): Layer[] {
    return isMapping(valueAt(this.manifest.value, ...helm, 'valuesObject'))
      ? this.reader.mapping(this.manifest, [...helm, 'valuesObject'])
      : this.reader.text(this.manifest, [...helm, 'values']);
  }

  private parameters(helm: Path): Layer[] {
    const { manifest, reader } = this;
    if (listAt(manifest.value, ...helm, 'fileParameters').length > 0) {
      reader.miss(
        manifest,
        [...helm, 'fileParameters'],
        'fileParameters name files',
        'render the chart with helm',
        false,
      );
    }
    return listAt(manifest.value, ...helm, 'parameters').flatMap((entry, index): Layer[] => {
      const name = textAt(entry, 'name');
      const text = textAt(entry, 'value') ?? '';
      const value = textAt(entry, 'forceString') === 'true' ? text : setValue(text);
      const place = () => manifest.place([...helm, 'parameters', index, 'value']);
      return name === undefined ? [] : [settingLayer(manifest.document, setPath(name), value, place)];
    });
  }

  private files(): Layer[] {
    const helm = [...this.path, 'helm', 'valueFiles'];
    return textListAt(this.manifest.value, ...helm).flatMap((file, index): Layer[] => {
      const found = this.fileOf(file);
      if (typeof found === 'string') {
        this.reader.miss(this.manifest, [...helm, index], `${file} ${found}`, 'name the file, too');
        return [];
      }
      this.used.push(found);
      return isMapping(found.value) ? [mappingLayer(found, found.value)] : [];
    });
  }

  /** A file of the input, or why there is none. */
  private fileOf(file: string): SourceDocument | string {
    const [, reference, path = ''] = /^\$([^/]+)\/+(.*)$/.exec(file) ?? [];
    const sources = listAt(this.manifest.value, ...this.root, 'spec', 'sources');
    if (reference === undefined) {
      return 'is a file of the chart';
    }
    if (!sources.some((source) => textAt(source, 'ref') === reference)) {
      return `refers to a source that does not exist: no source has ref: ${reference}`;
    }
    const end = resolve('/', path);
    const matching = this.documents.filter((document) => resolve(document.file).endsWith(end));
    const [found] = matching;
    if (found === undefined) {
      return 'is not in the input';
    }
    return matching.every((document) => document.file === found.file)
      ? found
      : `may be ${[...new Set(matching.map((document) => document.file))].join(' or ')}`;
  }
}

/** The cluster that the chart is rendered for, where the source names it. */
function clusterOf(value: unknown, helm: Path): Pick<ChartInstallation, 'kubeVersion' | 'apiVersions'> {
  const kubeVersion = textAt(value, ...helm, 'kubeVersion');
  const apiVersions = textListAt(value, ...helm, 'apiVersions');
  return {
    ...(kubeVersion === undefined ? {} : { kubeVersion }),
    ...(apiVersions.length === 0 ? {} : { apiVersions }),
  };
}
