import type { ConfigRule } from './rule.ts';
import { servicesOf } from './support/parts.ts';
import { providedVariable, provisionMessage, provisionSuggestion } from './support/provided-variable.ts';

/** A variable that every container has may not come a second time: the later one would win. */
export const noProvidedVariable: ConfigRule = {
  id: 'no-provided-variable',
  *check({ system }) {
    for (const { part } of servicesOf(system)) {
      const variables = [
        ...['configKeys', 'secretKeys'].flatMap((list) =>
          part
            .get(list)
            .items()
            .map((item) => [item.text() ?? '', item] as const),
        ),
        ...part.get('env').entries(),
      ];
      for (const [name, value] of variables) {
        const provision = providedVariable(name);
        if (provision !== undefined) {
          yield value.keyFinding(provisionMessage(name, provision), provisionSuggestion(provision));
        }
      }
    }
  },
};
