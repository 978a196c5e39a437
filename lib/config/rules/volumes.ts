import { volumeSources } from '../schema/containers.ts';
import { repeats } from './repeats.ts';
import type { ConfigRule } from './rule.ts';
import { datastoresOf, effective, hasTemporaryFolder, kindOf, servicesWith } from './system-parts.ts';

/** A volume that one pod alone may write leaves every other replica pending, or two writers in one database. */
const noSharedExclusiveVolume: ConfigRule = {
  id: 'no-shared-exclusive-volume',
  *check({ system }) {
    for (const { part, title } of servicesWith(system, 'volumes')) {
      const replicas = effective(system, part, 'replicas');
      const isAutoscaled = part.get('autoscaling').kind !== 'absent';
      // Each pod of a StatefulSet has a claim of its own.
      if (kindOf(part) === 'statefulset' || !(Number(replicas.text()) > 1 || isAutoscaled)) {
        continue;
      }
      for (const volume of part.get('volumes').items()) {
        const claim = volume.get('claim');
        const accessMode = claim.get('accessMode');
        const mode = accessMode.kind === 'absent' ? 'ReadWriteOnce' : accessMode.text();
        if (claim.kind !== 'mapping' || mode === undefined || mode === 'ReadWriteMany') {
          continue;
        }
        if (isAutoscaled) {
          const message = `${title} is scaled, but its volume ${volume.get('name').text() ?? ''} is ${mode}: only one pod may write it`;
          yield claim.finding(message, 'write: accessMode: ReadWriteMany, or remove autoscaling');
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

/** A volume with a claim becomes a PersistentVolumeClaim of its name in the namespace that all services share. */
const uniqueClaimName: ConfigRule = {
  id: 'unique-claim-name',
  *check({ system }) {
    const shared = servicesWith(system, 'volumes').filter(({ part }) => kindOf(part) !== 'statefulset');
    const byService = shared.map(({ part }) =>
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
    const ofDatastores = new Set(
      datastoresOf(system).map(
        ({ part }) => `${part.at('storage', 'name').text() ?? 'data'}-${part.get('name').text()}-0`,
      ),
    );
    for (const name of byService.flat()) {
      if (ofDatastores.has(name.text() ?? '')) {
        yield name.finding(`the claim ${name.text()} belongs to a datastore`, 'write: another name');
      }
    }
  },
};

/** A volume is of one kind, and what is mounted is what the container sees. */
const validVolumeSource: ConfigRule = {
  id: 'valid-volume-source',
  *check({ system }) {
    for (const { part } of servicesWith(system, 'volumes')) {
      for (const volume of part.get('volumes').items()) {
        const kinds = volume.entries().filter(([key]) => key === 'claim' || Object.hasOwn(volumeSources, key));
        const [first, second] = kinds;
        if (first !== undefined && second !== undefined) {
          const message = `the volume ${volume.get('name').text() ?? ''} has both ${first[0]} and ${second[0]}; a volume is of one kind`;
          yield second[1].keyFinding(message, `remove ${first[0]} or ${second[0]}`);
        }
        for (const key of ['subPath', 'readOnly']) {
          if (volume.get(key).kind !== 'absent' && volume.get('mountPath').kind === 'absent') {
            yield volume
              .get(key)
              .keyFinding(`${key} belongs to a mount, and mountPath is not given`, 'add mountPath: …');
          }
        }
      }
    }
  },
};

/** The volumes of a pod have different names; `tmp` is in every hardened pod. */
const uniqueVolumeName: ConfigRule = {
  id: 'unique-volume-name',
  *check({ system }) {
    for (const { part, title } of servicesWith(system, 'volumes')) {
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
        if (name.text() === 'tmp' && hasTemporaryFolder(system, part)) {
          yield name.finding('every hardened pod has a volume tmp already, an emptyDir at /tmp', 'write: another name');
        }
      }
    }
  },
};

export const volumeRules: readonly ConfigRule[] = [
  noSharedExclusiveVolume,
  uniqueClaimName,
  uniqueVolumeName,
  validVolumeSource,
];
