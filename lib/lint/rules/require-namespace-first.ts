import { basename } from 'node:path';
import { groupBy } from '../../group-by.ts';
import type { Manifest } from '../../model/manifest.ts';
import { joinNames } from '../../text/list.ts';
import type { Rule, RuleFinding } from '../rule.ts';
import { manifestFolders } from './support/folders.ts';

export const requireNamespaceFirst: Rule = {
  id: 'require-namespace-first',
  severity: 'warning',
  documentation: {
    summary: 'Reports a Namespace that kubectl would make after objects that belong to it.',
    why: '`kubectl apply -f FOLDER` reads files in the order of their names, and refuses what belongs to a namespace that is not there yet. It goes on with the next file, so the first run on an empty cluster makes only a part of the system, and a second run seems to mend it.',
    remediation: 'Give the file of the Namespace a name that comes first, and put the Namespace first in it.',
    example: `dist/00-namespace.yaml
dist/10-config.yaml
dist/30-api-gateway.yaml`,
    see: ['https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/'],
  },
  check: (model) => manifestFolders(model).flatMap(({ manifests }) => findingsOf(manifests)),
};

function findingsOf(manifests: readonly Manifest[]): RuleFinding[] {
  const namespaces = new Map<string, { readonly manifest: Manifest; readonly index: number }>();
  for (const [index, manifest] of manifests.entries()) {
    if (manifest.kind === 'Namespace' && !namespaces.has(manifest.name)) {
      namespaces.set(manifest.name, { manifest, index });
    }
  }
  const members = groupBy(
    manifests.filter((manifest, index) => index < (namespaces.get(manifest.namespace ?? '')?.index ?? 0)),
    (manifest) => manifest.namespace ?? '',
  );
  return [...members].flatMap(([name, before]) => {
    const namespace = namespaces.get(name)?.manifest;
    const file = namespace?.document.file;
    const other = before.find(({ document }) => document.file !== file);
    return namespace === undefined
      ? []
      : [
          {
            message: `Namespace ${name} comes after ${joinNames(before.map(({ title }) => title))}, which belong to it`,
            place: namespace.place(['metadata', 'name']),
            suggestion:
              other === undefined
                ? 'move it to the top of the file'
                : `move it to the top of a file that comes before ${basename(other.document.file)}, e.g. 00-namespace.yaml`,
            manifest: namespace,
          },
        ];
  });
}
