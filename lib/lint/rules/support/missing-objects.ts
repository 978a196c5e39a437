import type { Model } from '../../../model/model.ts';
import { groupBy } from '../../../model/spans/group-by.ts';
import { once } from '../../../model/spans/once.ts';
import type { RuleFinding } from '../../rule.ts';
import { type ConfigReference, referencesBy, type Uses } from './config-references.ts';
import { titles } from './titles.ts';
import { typoOf } from './typo.ts';
import { agree, usersOf } from './value-source.ts';

/** What was not read may be there all the same, above all a Secret; a name that is nearly another's is not. */
export function missingObjects(model: Model, references: readonly ConfigReference[]): RuleFinding[] {
  const missing = referencesBy(references, () => '').flatMap((uses) => {
    const [{ workload, kind, name }] = uses;
    const isThere = model.lookup(kind, name, workload.namespace) !== undefined || name === 'kube-root-ca.crt';
    const typo = isThere ? undefined : typoOf(name, namesakes(model, kind, workload.manifest.namespace));
    return isThere || (kind === 'Secret' && typo === undefined) ? [] : [{ uses, kind, name, typo }];
  });
  const unknown = missing.filter(({ typo }) => typo === undefined);
  return [
    ...missing.flatMap(({ uses, kind, name, typo }) =>
      typo === undefined
        ? []
        : [
            {
              ...notRead(uses, `${kind} ${name}`),
              suggestion: `write: ${typo}`,
              cannotTell: kind === 'Secret',
            },
          ],
    ),
    ...unknown.slice(0, 1).map(({ uses: [first] }) => ({
      ...notRead(
        [first, ...unknown.flatMap(({ uses }) => uses).slice(1)],
        titles(unknown.map(({ kind, name }) => `${kind} ${name}`)),
      ),
      cannotTell: true,
    })),
  ];
}

const notRead = (uses: Uses, what: string): RuleFinding => {
  const [{ workload, namePath }] = uses;
  return {
    message: `${what}, to which ${usersOf(uses)} ${agree(uses, 'refers', 'refer')}, is in no file that was read`,
    place: workload.place(namePath),
    manifest: workload.manifest,
  };
};

/** Names of what is a ConfigMap or becomes a Secret, in a namespace. */
const namesakes = (model: Model, kind: ConfigReference['kind'], namespace: string | undefined): string[] =>
  (configObjects(model).get(kind) ?? []).filter((found) => found.namespace === namespace).map(({ name }) => name);

/** ConfigMaps, and what is a Secret or becomes one. */
export const configObjects = once((model) =>
  groupBy(
    model.manifests.filter(({ kind }) => kind === 'ConfigMap' || kind.endsWith('Secret')),
    ({ kind }) => (kind === 'ConfigMap' ? kind : 'Secret'),
  ),
);
