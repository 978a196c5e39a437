import type { Located } from '../reading/located.ts';
import type { Rule } from './rule.ts';
import { servicesOf } from './support/parts.ts';
import { type Provision, providedVariable } from './support/provided-variable.ts';

/** A variable that every container has may not come a second time: the later one would win. */
export const noProvidedVariable: Rule = {
  id: 'no-provided-variable',
  *check({ system }) {
    for (const { part } of servicesOf(system)) {
      for (const list of ['configKeys', 'secretKeys']) {
        for (const item of part.get(list).items()) {
          const provision = providedVariable(item.text() ?? '');
          if (provision !== undefined) {
            yield item.finding(message(item.text() ?? '', provision), suggestion(provision));
          }
        }
      }
      for (const [name, value] of part.get('env').entries()) {
        const provision = providedVariable(name);
        if (provision !== undefined) {
          yield value.keyFinding(message(name, provision), suggestion(provision));
        }
      }
    }
  },
};

/** The ConfigMap's own values come from elsewhere in the file. */
export const noProvidedConfigKey: Rule = {
  id: 'no-provided-config-key',
  *check({ system }) {
    for (const [name, value] of system.at('configMap', 'data').entries()) {
      const provision = providedVariable(name);
      if (provision !== undefined) {
        yield (value satisfies Located).keyFinding(message(name, provision), suggestion(provision));
      }
    }
  },
};

const message = (name: string, { by }: Provision): string =>
  by === 'config'
    ? `${name} is in the ConfigMap and in every container already`
    : `${name} is set for every container, so that its spans arrive with the right name, place and number`;

const suggestion = (provision: Provision): string =>
  provision.by === 'config' ? `remove it; its value comes from ${provision.source}` : 'remove it';
