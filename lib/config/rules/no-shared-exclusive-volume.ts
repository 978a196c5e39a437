import type { ConfigRule } from './rule.ts';
import { effective, servicesOf } from './support/parts.ts';

/** A volume that one pod alone may write leaves every other replica pending, or two writers in one database. */
export const noSharedExclusiveVolume: ConfigRule = {
  id: 'no-shared-exclusive-volume',
  *check({ system }) {
    for (const { part, title } of servicesOf(system)) {
      const replicas = effective(system, part, 'replicas');
      if (!(Number(replicas.text()) > 1)) {
        continue;
      }
      for (const volume of part.get('volumes').items()) {
        const claim = volume.get('claim');
        const accessMode = claim.get('accessMode');
        const mode = accessMode.kind === 'absent' ? 'ReadWriteOnce' : accessMode.text();
        if (claim.kind !== 'mapping' || mode === undefined || mode === 'ReadWriteMany') {
          continue;
        }
        const own = part.get('replicas').kind !== 'absent';
        const message = `${title} has ${replicas.text()} replicas, but its volume ${volume.get('name').text() ?? ''} is ${mode}: only one pod may write it`;
        yield (own ? replicas : claim).finding(
          own ? message : `${message} (serviceDefaults.replicas, line ${replicas.place.line})`,
          'write: replicas: 1, or accessMode: ReadWriteMany',
        );
      }
    }
  },
};
