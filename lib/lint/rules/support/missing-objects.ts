import {
  type ConfigReference,
  isThere,
  objectNameMeant,
  referencesBy,
  type Uses,
} from '../../../model/environment/data-references.ts';
import type { Model } from '../../../model/model.ts';
import { joinNames } from '../../../text/list.ts';
import type { RuleFinding } from '../../rule.ts';
import { agree, usersOf } from './value-source.ts';

/** What was not read may be there all the same, above all a Secret; a name that is nearly another's is not. */
export function missingObjects(model: Model, references: readonly ConfigReference[]): RuleFinding[] {
  const missing = referencesBy(references, () => '').flatMap((uses) => {
    const [first] = uses;
    const { kind, name } = first;
    const typo = objectNameMeant(model, first);
    return isThere(model, first) || (kind === 'Secret' && typo === undefined) ? [] : [{ uses, kind, name, typo }];
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
        joinNames(unknown.map(({ kind, name }) => `${kind} ${name}`)),
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
