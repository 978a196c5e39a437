import type { Located } from '../reading/located.ts';
import type { ConfigRule } from './rule.ts';
import { datastoresOf } from './system-parts.ts';

/** A value that has stood before. */
interface Repeat {
  readonly value: Located;
  readonly text: string;
  /** Where it stood first. */
  readonly first: Located;
}

/**
 * Values whose text equals that of an earlier one.
 *
 * @param same what must be equal
 * @default same - the text itself
 */
export function repeats(values: readonly Located[], same: (text: string) => string = (text) => text): Repeat[] {
  const seen = new Map<string, Located>();
  return values.flatMap((value) => {
    const text = value.text();
    if (text === undefined) {
      return [];
    }
    const first = seen.get(same(text));
    if (first === undefined) {
      seen.set(same(text), value);
      return [];
    }
    return [{ value, text, first }];
  });
}

/** Lists in which an entry means something once. Lists of variables and dimensions have rules of their own. */
const uniqueListEntry: ConfigRule = {
  id: 'unique-list-entry',
  *check({ system }) {
    const lists = [
      system.at('secret', 'keys').items(),
      system
        .at('collector', 'loadBalancing', 'policies')
        .items()
        .map((policy) => policy.get('name')),
      ...datastoresOf(system).map(({ part }) => part.get('initSql').items()),
    ];
    for (const list of lists) {
      for (const { value, text, first } of repeats(list)) {
        yield value.finding(`${text} stands in line ${first.place.line} already`, 'remove one of the two');
      }
    }
  },
};

/** A kind has its pod template in one place. */
const uniqueTemplate: ConfigRule = {
  id: 'unique-template',
  *check({ system }) {
    const first = new Map<string, Located>();
    for (const template of system.at('instrument', 'templates').items()) {
      const [apiVersion, kind] = [template.get('apiVersion').text(), template.get('kind').text()];
      const key = `${apiVersion}/${kind}`;
      const other = first.get(key);
      if (apiVersion === undefined || kind === undefined) {
        continue;
      }
      if (other !== undefined) {
        yield template.finding(`${key} stands in line ${other.place.line} already`, 'remove one of the two');
      }
      first.set(key, other ?? template);
    }
  },
};

export const repeatRules: readonly ConfigRule[] = [uniqueListEntry, uniqueTemplate];
