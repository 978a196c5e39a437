import { isMapping, listAt, type Mapping, mappingAt, textAt, valueAt } from '../../../lib/yaml/value.ts';
import type { Manifest } from '../../support/synthesized.ts';

/** What the API server refuses of an object, as far as its own limits go. @see k8s.io/apimachinery/pkg/util/validation */
export function refusedByKubernetes(manifest: Manifest): string[] {
  const title = `${manifest.kind} ${manifest.metadata.name}`;
  return [
    ...nameFaults(manifest),
    ...metadataFaults(manifest.metadata),
    ...dataFaults(manifest),
    ...podTemplates(manifest).flatMap((template) => [
      ...metadataFaults(mappingAt(template, 'metadata')),
      ...listAt(template, 'spec', 'containers').flatMap(containerFaults),
    ]),
    ...listAt(manifest, 'spec', 'ports').flatMap((port) => portFaults(port, ['port', 'nodePort'])),
  ].map((problem) => `${title}: ${problem}`);
}

const label = /^([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$/;
const dnsLabel = /^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/;
const dnsSubdomain = /^(?=.{1,253}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const key = /^(?=.{1,317}$)([a-z0-9.-]{1,253}\/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/;
const portName = /^(?=.{1,15}$)(?!.*--)[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;

/** Longest names of kinds whose objects become parts of other names. */
const nameLengths = new Map([
  ['StatefulSet', 52],
  ['CronJob', 52],
  ['Service', 63],
  ['Namespace', 63],
]);

function nameFaults({ kind, metadata: { name } }: Manifest): string[] {
  const form = ['Service', 'Namespace'].includes(kind) ? dnsLabel : dnsSubdomain;
  return form.test(name) && name.length <= (nameLengths.get(kind) ?? 253) ? [] : [`no name: ${name}`];
}

function metadataFaults(metadata: Mapping): string[] {
  const labels = Object.entries(mappingAt(metadata, 'labels'));
  const annotations = Object.entries(mappingAt(metadata, 'annotations'));
  const bytes = annotations.reduce((sum, [name, value]) => sum + Buffer.byteLength(`${name}${value}`), 0);
  return [
    ...labels.filter(([name, value]) => !key.test(name) || !label.test(String(value))).map(([name]) => `label ${name}`),
    ...annotations.filter(([name]) => !key.test(name)).map(([name]) => `annotation ${name}`),
    ...(bytes > 262_144 ? [`annotations of ${bytes} bytes`] : []),
  ];
}

function dataFaults({ kind, ...object }: Manifest): string[] {
  const data = kind === 'ConfigMap' ? Object.entries(mappingAt(object, 'data')) : [];
  const bytes = data.reduce((sum, [name, value]) => sum + Buffer.byteLength(`${name}${value}`), 0);
  return [
    ...data.filter(([name]) => !/^[-._a-zA-Z0-9]{1,253}$/.test(name)).map(([name]) => `key ${name}`),
    ...data.filter(([, value]) => typeof value !== 'string').map(([name]) => `no text: ${name}`),
    ...(bytes > 1_048_576 ? [`data of ${bytes} bytes`] : []),
  ];
}

const podTemplates = (manifest: Manifest): Mapping[] =>
  [valueAt(manifest, 'spec', 'template')].filter((template) => isMapping(template));

function containerFaults(container: unknown): string[] {
  return [
    ...(dnsLabel.test(textAt(container, 'name') ?? '') ? [] : ['container name']),
    ...listAt(container, 'ports').flatMap((port) => [
      ...(portName.test(textAt(port, 'name') ?? '') ? [] : [`port name ${textAt(port, 'name')}`]),
      ...portFaults(port, ['containerPort', 'hostPort']),
    ]),
    ...listAt(container, 'env').flatMap((variable) => {
      const [name = '', value = ''] = [textAt(variable, 'name'), textAt(variable, 'value')];
      return /^[-._a-zA-Z][-._a-zA-Z0-9]*$/.test(name) && !/\0|\p{Cs}/u.test(value) && value.length < 131_072
        ? []
        : [`variable ${name}`];
    }),
    ...listAt(container, 'volumeMounts').flatMap((mount) => {
      const path = textAt(mount, 'mountPath') ?? '';
      return path.startsWith('/') && !path.includes(':') && !path.split('/').includes('..') ? [] : [`mount ${path}`];
    }),
  ];
}

const portFaults = (port: unknown, fields: readonly string[]): string[] =>
  fields.flatMap((field) => {
    const number = valueAt(port, field);
    return number === undefined || (typeof number === 'number' && number >= 1 && number <= 65_535) ? [] : [field];
  });
