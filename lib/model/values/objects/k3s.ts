import { firstKnown, publisherOfRepository } from '../../../chart/publisher.ts';
import { mappingAt, textAt } from '../../../yaml/value.ts';
import type { Manifest } from '../../manifest.ts';
import type { ChartInstallation } from '../installation.ts';
import { type Layer, mappingLayer, settingLayer } from '../layer.ts';
import { setPath, setValue } from '../set-syntax.ts';
import type { FindManifest } from './flux.ts';
import { isOfGroup, knownChart, type ValuesReader } from './values-reader.ts';

/**
 * The chart that a HelmChart of k3s installs; the values of a HelmChartConfig of its name count more than its own.
 *
 * @see https://docs.k3s.io/add-ons/helm
 */
export function k3sInstallation(manifest: Manifest, find: FindManifest, reader: ValuesReader): ChartInstallation[] {
  const { value, title, document, name } = manifest;
  const named = textAt(value, 'spec', 'chart');
  const chart = knownChart(named);
  if (!isOfGroup(manifest, 'helm.cattle.io', 'HelmChart') || chart === undefined) {
    return [];
  }
  const version = textAt(value, 'spec', 'version');
  const config = find('HelmChartConfig', name, manifest.namespace);
  const [first = mappingLayer(document, {}, manifest.path), ...others] = [
    ...valuesOf(manifest, reader),
    ...(config === undefined ? [] : valuesOf(config, reader)),
    ...settings(manifest),
  ];
  const namespace = textAt(value, 'spec', 'targetNamespace') ?? manifest.namespace;
  return [
    {
      chart,
      publisher: firstKnown(publisherOfRepository(textAt(value, 'spec', 'repo')), publisherOfRepository(named)),
      title: `${document.file} (${title})`,
      object: manifest,
      layers: [first, ...others],
      ...(version === undefined ? {} : { version }),
      name,
      ...(namespace === undefined ? {} : { namespace }),
      isNamed: true,
      isFile: false,
      documents: [],
    },
  ];
}

const valuesOf = (manifest: Manifest, reader: ValuesReader): Layer[] => [
  ...reader.text(manifest, ['spec', 'valuesContent']),
  ...reader.mapping(manifest, ['spec', 'values']),
];

function settings(manifest: Manifest): Layer[] {
  const set = mappingAt(manifest.value, 'spec', 'set');
  return Object.keys(set).flatMap((name): Layer[] => {
    const text = textAt(set, name);
    const place = () => manifest.place(['spec', 'set', name]);
    return text === undefined ? [] : [settingLayer(manifest.document, setPath(name), setValue(text), place)];
  });
}
