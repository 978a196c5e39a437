import { hasMergeSchema } from '../../kubernetes/pod-template.ts';
import { toYaml } from '../../yaml/to-yaml.ts';
import { textAt } from '../../yaml/value.ts';
import type { InstrumentedSources } from '../instrument-sources.ts';
import type { ObjectResult } from '../text/instrument-text.ts';
import { jsonPatch } from './json-patch.ts';
import { strategicPatch } from './strategic-patch.ts';

/** The first line of every file of a component, by which podhost knows its own files. */
export const componentMark = '# Written by podhost instrument --patches; write it anew when the manifests change.\n';

/** A file of a component. */
export interface ComponentFile {
  readonly name: string;
  readonly content: string;
}

/**
 * The files of a Kustomize component that patches what would be instrumented, one patch a workload.
 *
 * @see https://github.com/kubernetes-sigs/kustomize/blob/master/examples/components.md
 */
export function componentFiles({ files }: InstrumentedSources): ComponentFile[] {
  const patched = files
    .flatMap(({ objects }) => objects)
    .filter(({ status, object }) => status === 'instrumented' && textAt(object, 'metadata', 'name') !== undefined);
  const byName = new Map(patched.map((object) => [fileName(object), object]));
  const names = [...byName.keys()].sort();
  const patches = names.map((name) => {
    const object = byName.get(name);
    return { path: name, ...(object === undefined || isMerged(object) ? {} : { target: targetOf(object) }) };
  });
  const kustomization = { apiVersion: 'kustomize.config.k8s.io/v1alpha1', kind: 'Component', patches };
  return [
    { name: 'kustomization.yaml', content: componentMark + toYaml(kustomization) },
    ...[...byName].map(([name, object]) => ({ name, content: componentMark + toYaml(patchOf(object)) })),
  ];
}

const isMerged = ({ object }: ObjectResult): boolean =>
  hasMergeSchema(textAt(object, 'apiVersion') ?? '', textAt(object, 'kind') ?? '');

function patchOf(result: ObjectResult): unknown {
  const { object, templatePath: path = [], plan = { status: 'skipped', containers: [], warnings: [] } } = result;
  const target = { object, path, plan };
  return isMerged(result) ? strategicPatch(target) : jsonPatch(target);
}

/** `deployment-shop-web.yaml`. */
function fileName({ kind, object }: ObjectResult): string {
  const parts = [kind, textAt(object, 'metadata', 'namespace'), textAt(object, 'metadata', 'name')];
  return `${parts
    .filter((part) => part !== undefined)
    .map((part) => part.toLowerCase().replaceAll(/[^a-z0-9.-]/g, '-'))
    .join('-')}.yaml`;
}

/** Kustomize takes each of these for a pattern that matches the whole. */
function targetOf({ object }: ObjectResult): object {
  const apiVersion = textAt(object, 'apiVersion') ?? '';
  const [group, version] = apiVersion.includes('/') ? apiVersion.split('/') : ['', apiVersion];
  const exact = (text: string | undefined) => text?.replaceAll('.', '\\.');
  const namespace = textAt(object, 'metadata', 'namespace');
  return {
    ...(group === '' ? {} : { group }),
    version,
    kind: textAt(object, 'kind'),
    name: exact(textAt(object, 'metadata', 'name')),
    ...(namespace === undefined ? {} : { namespace: exact(namespace) }),
  };
}
