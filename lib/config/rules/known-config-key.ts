import type { Rule } from './rule.ts';
import { suggestName } from './support/names.ts';
import { servicesOf } from './support/parts.ts';
import { providedVariable } from './support/provided-variable.ts';

/** What a container reads from the ConfigMap must be there, or it does not start. */
export const knownConfigKey: Rule = {
  id: 'known-config-key',
  *check({ system }) {
    const data = system.at('configMap', 'data');
    if (!data.isSound) {
      return;
    }
    const keys = data.entries().map(([key]) => key);
    for (const { part, title } of servicesOf(system)) {
      const listed = part.get('configKeys').items();
      const read = new Set(listed.map((key) => key.text()));
      for (const item of listed) {
        const key = item.text();
        if (key === undefined || keys.includes(key) || providedVariable(key) !== undefined) {
          continue;
        }
        const others = keys.filter((other) => !read.has(other));
        yield item.finding(
          `${title} reads ${key}, but configMap.data has no such key`,
          suggestName(key, others, `add ${key}: … to configMap.data`),
        );
      }
    }
  },
};
