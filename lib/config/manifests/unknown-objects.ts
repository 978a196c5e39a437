import type { Problem } from '../../problems/problem.ts';
import { didYouMean } from '../../text/did-you-mean.ts';
import { textAt } from '../../yaml/value.ts';
import { asProblem } from '../finding.ts';
import type { Located } from '../reading/located.ts';
import type { ManifestGroup } from './manifest-group.ts';

/** Names below `instrument` that no object of `manifests` has; without `manifests` the command line names the files. */
export function unknownObjects(groups: readonly ManifestGroup[], system: Located): Problem[] {
  if (groups.length === 0) {
    return [];
  }
  const known = new Set(
    groups
      .flatMap(({ objects }) => objects)
      .flatMap(({ value }) => {
        const name = textAt(value, 'metadata', 'name') ?? '';
        return [name, `${textAt(value, 'kind')}/${name}`];
      }),
  );
  const names = [...known];
  return namesBelow(system.get('instrument'))
    .filter(({ name }) => !known.has(name))
    .map(({ name, value }) => {
      const message = `no object of manifests has the name ${name}`;
      const near = didYouMean(name, names);
      const suggestion = near === undefined ? 'write the name of an object, or its kind and name' : `write: ${near}`;
      return asProblem('unknown-object', { place: value.place, message, suggestion }, 'warning');
    });
}

interface WrittenName {
  readonly name: string;
  readonly value: Located;
}

const namesBelow = (instrument: Located): WrittenName[] => [
  ...['select', 'exclude'].flatMap((key) =>
    instrument
      .at(key, 'names')
      .items()
      .flatMap((value) => {
        const name = value.text();
        return name === undefined ? [] : [{ name, value }];
      }),
  ),
  ...instrument
    .get('languages')
    .entries()
    .map(([name, value]) => ({ name, value })),
];
