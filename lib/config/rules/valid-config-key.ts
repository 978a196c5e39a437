import { didYouMean } from '../../text/did-you-mean.ts';
import type { ConfigRule } from './rule.ts';
import { suggestName } from './support/names.ts';
import { servicesOf } from './support/parts.ts';
import { providedVariable } from './support/provided-variable.ts';

/** What a container reads from the ConfigMap must be there, or it does not start. */
export const validConfigKey: ConfigRule = {
  id: 'valid-config-key',
  *check({ system }) {
    const data = system.at('configMap', 'data');
    if (!data.isSound) {
      return;
    }
    const entries = data.entries();
    const keys = entries.map(([key]) => key);
    const known = new Set(keys);
    const malformed = entries.flatMap(([key, value]) => (value.isSound ? [] : [key]));
    for (const { part, title } of servicesOf(system)) {
      const listed = part.get('configKeys').items();
      const read = new Set(listed.map((key) => key.text()));
      for (const item of listed) {
        const key = item.text();
        if (key === undefined || known.has(key) || providedVariable(key) !== undefined) {
          continue;
        }
        if (didYouMean(key, malformed) !== undefined) {
          continue;
        }
        yield item.finding(
          `${title} reads ${key}, but configMap.data has no such key`,
          suggestName(key, keys, `add ${key}: … to configMap.data`, (other) => !read.has(other)),
        );
      }
    }
  },
};
