import type { Finding } from '../finding.ts';
import type { Located } from '../reading/located.ts';
import type { ConfigRule } from './rule.ts';
import { servicesWith } from './system-parts.ts';

/** Name of the container of a service. */
const mainContainer = (service: Located): Located =>
  service.get('containerName').kind === 'absent' ? service.get('name') : service.get('containerName');

/** The containers of a pod have different names; two of one name would be merged into one. */
const uniqueContainer: ConfigRule = {
  id: 'unique-container',
  *check({ system }) {
    for (const { part, title } of servicesWith(system, 'initContainers', 'sidecars')) {
      const first = new Map<string, Located>();
      const others = ['initContainers', 'sidecars'].flatMap((list) =>
        part
          .get(list)
          .items()
          .map((container) => container.get('name')),
      );
      for (const name of [mainContainer(part), ...others]) {
        const text = name.text();
        const other = text === undefined ? undefined : first.get(text);
        if (other !== undefined) {
          yield name.finding(
            `${title} has a container ${text} already, in line ${other.place.line}`,
            'write: another name',
          );
        } else if (text !== undefined) {
          first.set(text, name);
        }
      }
    }
  },
};

/** A container that restarts by itself is an init container of Kubernetes, which starts before the others. */
const validSidecar: ConfigRule = {
  id: 'valid-sidecar',
  *check({ system }) {
    for (const { part } of servicesWith(system, 'sidecars')) {
      yield* misplaced(part.get('sidecars'));
    }
  },
};

function* misplaced(sidecars: Located): Iterable<Finding> {
  for (const container of sidecars.items()) {
    const policy = container.get('restartPolicy');
    if (policy.kind !== 'absent') {
      const message = 'Kubernetes takes restartPolicy of a container among initContainers alone';
      yield policy.keyFinding(message, 'remove it, or move the container to initContainers');
    }
  }
}

export const containerRules: readonly ConfigRule[] = [uniqueContainer, validSidecar];
