import { firstKnown, publisherOfRepository } from '../../../chart/publisher.ts';
import { listAt, textAt } from '../../../yaml/value.ts';
import type { Manifest } from '../../manifest.ts';
import type { ChartInstallation } from '../installation.ts';
import { type Layer, mappingLayer, settingLayer } from '../layer.ts';
import { setPath, setValue } from '../set-syntax.ts';
import { isOfGroup, knownChart, type ValuesReader } from './values-reader.ts';

/** Finds objects of the input. */
export type FindManifest = (kind: string, name: string, namespace: string | undefined) => Manifest | undefined;

/**
 * The chart that a HelmRelease of Flux installs.
 *
 * @see https://fluxcd.io/flux/components/helm/helmreleases/
 */
export function fluxInstallation(manifest: Manifest, find: FindManifest, reader: ValuesReader): ChartInstallation[] {
  const named = chartOf(manifest, find);
  const chart = knownChart(named);
  if (!isOfGroup(manifest, 'helm.toolkit.fluxcd.io', 'HelmRelease') || chart === undefined) {
    return [];
  }
  const { value, title, document } = manifest;
  const target = textAt(value, 'spec', 'targetNamespace');
  const namespace = target ?? manifest.namespace;
  const name =
    textAt(value, 'spec', 'releaseName') ?? (target === undefined ? manifest.name : `${target}-${manifest.name}`);
  const [first = mappingLayer(document, {}, manifest.path), ...others] = [
    ...listAt(value, 'spec', 'valuesFrom').flatMap((_, index) => layersFrom(manifest, index, find, reader)),
    ...reader.mapping(manifest, ['spec', 'values']),
  ];
  return [
    {
      chart,
      publisher: firstKnown(publisherOfRepository(repositoryOf(manifest, find)), publisherOfRepository(named)),
      title: `${document.file} (${title})`,
      object: manifest,
      ...reader.missingOf(manifest),
      layers: [first, ...others],
      ...versionOf(manifest, find),
      name,
      ...(namespace === undefined ? {} : { namespace }),
      isNamed: true,
      isFile: false,
      documents: [],
    },
  ];
}

function chartOf({ value, namespace }: Manifest, find: FindManifest): string | undefined {
  const chart = textAt(value, 'spec', 'chart', 'spec', 'chart');
  const kind = textAt(value, 'spec', 'chartRef', 'kind');
  const name = textAt(value, 'spec', 'chartRef', 'name');
  if (chart !== undefined || kind === undefined || name === undefined) {
    return chart;
  }
  const source = find(kind, name, textAt(value, 'spec', 'chartRef', 'namespace') ?? namespace);
  return textAt(source?.value, 'spec', kind === 'OCIRepository' ? 'url' : 'chart');
}

/** The version in the release, or in the source that it refers to. */
function versionOf({ value, namespace }: Manifest, find: FindManifest): Pick<ChartInstallation, 'version'> {
  const kind = textAt(value, 'spec', 'chartRef', 'kind') ?? '';
  const name = textAt(value, 'spec', 'chartRef', 'name') ?? '';
  const source = find(kind, name, textAt(value, 'spec', 'chartRef', 'namespace') ?? namespace)?.value;
  const version =
    textAt(value, 'spec', 'chart', 'spec', 'version') ??
    textAt(source, 'spec', 'version') ??
    textAt(source, 'spec', 'ref', 'tag');
  return version === undefined ? {} : { version };
}

/** The address of the repository that holds the chart; undefined where it was not read. */
function repositoryOf({ value, namespace }: Manifest, find: FindManifest): string | undefined {
  const path = ['spec', 'chart', 'spec', 'sourceRef'];
  const [kind, name] = ['kind', 'name'].map((key) => textAt(value, ...path, key) ?? '');
  const source = find(kind ?? '', name ?? '', textAt(value, ...path, 'namespace') ?? namespace);
  return textAt(source?.value, 'spec', 'url');
}

/** Values of a ConfigMap or a Secret: a whole document, or one value for `targetPath`. */
function layersFrom(manifest: Manifest, index: number, find: FindManifest, reader: ValuesReader): Layer[] {
  const path = ['spec', 'valuesFrom', index];
  const kind = textAt(manifest.value, ...path, 'kind') ?? '';
  const name = textAt(manifest.value, ...path, 'name') ?? '';
  const key = textAt(manifest.value, ...path, 'valuesKey') ?? 'values.yaml';
  const target = textAt(manifest.value, ...path, 'targetPath');
  const source = find(kind, name, manifest.namespace);
  const section = kind === 'Secret' && textAt(source?.value, 'stringData', key) !== undefined ? 'stringData' : 'data';
  const written = textAt(source?.value, section, key);
  if (source === undefined || written === undefined) {
    const what = `${key} of ${kind} ${name} is not in the input`;
    const isOptional = textAt(manifest.value, ...path, 'optional') === 'true';
    // What a Secret holds for one path is that value alone.
    reader.miss(manifest, path, what, `name the file with that ${kind}, too`, !isOptional && target === undefined);
    return [];
  }
  const isEncoded = kind === 'Secret' && section === 'data';
  const text = isEncoded ? Buffer.from(written, 'base64').toString('utf8') : written;
  if (target !== undefined) {
    const place = () => source.place([section, key]);
    return [settingLayer(source.document, setPath(target), setValue(text.trimEnd()), place)];
  }
  return isEncoded ? reader.encoded(source, [section, key], text) : reader.text(source, [section, key]);
}
