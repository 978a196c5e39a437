import type { ConfigRule } from './rule.ts';
import { datastoresOf, servicesOf } from './support/parts.ts';
import { repeats } from './support/repeats.ts';

/** A volume with a claim becomes a PersistentVolumeClaim of its name in the namespace that all services share. */
export const uniqueClaimName: ConfigRule = {
  id: 'unique-claim-name',
  *check({ system }) {
    const byService = servicesOf(system).map(({ part }) =>
      part
        .get('volumes')
        .items()
        .filter((volume) => volume.get('claim').kind !== 'absent')
        .map((volume) => volume.get('name')),
    );
    for (const { value, text, first } of repeats(byService.flat())) {
      const isOfSameService = value.path[1] === first.path[1];
      if (!isOfSameService) {
        yield value.finding(
          `the claim ${text} belongs to the service of line ${first.place.line}; two services cannot share it`,
          `write: another name, such as ${text}-2`,
        );
      }
    }
    const ofDatastores = new Set(datastoresOf(system).map(({ part }) => `data-${part.get('name').text()}-0`));
    for (const name of byService.flat()) {
      if (ofDatastores.has(name.text() ?? '')) {
        yield name.finding(`the claim ${name.text()} belongs to a datastore`, 'write: another name');
      }
    }
  },
};
