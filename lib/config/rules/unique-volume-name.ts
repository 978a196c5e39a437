import type { ConfigRule } from './rule.ts';
import { servicesOf } from './support/parts.ts';
import { repeats } from './support/repeats.ts';

/** The volumes of a pod have different names; `tmp` is in every pod. */
export const uniqueVolumeName: ConfigRule = {
  id: 'unique-volume-name',
  *check({ system }) {
    for (const { part, title } of servicesOf(system)) {
      const names = part
        .get('volumes')
        .items()
        .map((volume) => volume.get('name'));
      for (const { value, text, first } of repeats(names)) {
        yield value.finding(
          `${title} has a volume ${text} in line ${first.place.line} already`,
          `write: another name, such as ${text}-2`,
        );
      }
      for (const name of names) {
        if (name.text() === 'tmp') {
          yield name.finding('every pod has a volume tmp already, an emptyDir at /tmp', 'write: another name');
        }
      }
    }
  },
};
