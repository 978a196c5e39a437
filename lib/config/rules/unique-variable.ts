import type { ConfigRule } from './rule.ts';
import { servicesOf } from './support/parts.ts';
import { providedVariable } from './support/provided-variable.ts';

/** Of two variables of one name in a container the later one wins, silently. */
export const uniqueVariable: ConfigRule = {
  id: 'unique-variable',
  *check({ system }) {
    for (const { part, title } of servicesOf(system)) {
      const variables = [
        ...['configKeys', 'secretKeys'].flatMap((list) =>
          part
            .get(list)
            .items()
            .map((item) => [item.text(), item, list] as const),
        ),
        ...part
          .get('env')
          .entries()
          .map(([name, value]) => [name, value, 'env'] as const),
      ];
      const seen = new Map<string, string>();
      for (const [name, value, list] of variables) {
        if (name === undefined || providedVariable(name) !== undefined) {
          continue;
        }
        const first = seen.get(name);
        if (first === undefined) {
          seen.set(name, `${list}, line ${value.keyPlace.line}`);
        } else {
          yield value.keyFinding(`${title} has the variable ${name} already (${first})`, 'remove one of the two');
        }
      }
    }
  },
};
