import type { ConfigRule } from './rule.ts';
import { datastoresOf } from './support/parts.ts';
import { repeats } from './support/repeats.ts';

/** Lists in which an entry means something once. Lists of variables and dimensions have rules of their own. */
export const uniqueListEntry: ConfigRule = {
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
