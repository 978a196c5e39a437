import { withoutTrailing } from '../../text/without-trailing.ts';
import type { Located } from '../reading/located.ts';
import type { Rule } from './rule.ts';

/** Kubernetes and Helm put something behind these names that must still fit into 63 characters. */
export const validNameLength: Rule = {
  id: 'valid-name-length',
  *check({ system }) {
    const limits: (readonly [Located, number, string])[] = [
      [system.at('collector', 'release'), 53, 'Helm takes release names of at most 53 characters'],
      ...system
        .get('datastores')
        .items()
        .map(
          (part) =>
            [part.get('name'), 52, 'a StatefulSet whose name has more than 52 characters starts no pod'] as const,
        ),
    ];
    for (const [name, limit, reason] of limits) {
      const text = name.text() ?? '';
      if (text.length > limit) {
        yield name.finding(
          `${reason}; this one has ${text.length}`,
          `write: ${withoutTrailing(text.slice(0, limit), '-')}`,
        );
      }
    }
  },
};
