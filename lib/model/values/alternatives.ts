import { unknownRelease } from '../../chart/installation.ts';
import type { Model } from '../model.ts';
import type { ValuesDocument } from './values-document.ts';

/** An installation that cannot be in a cluster together with one that was read before it. */
export interface Alternative {
  readonly installation: ValuesDocument;
  /** Which installations are there when it is. */
  readonly isThere: (each: ValuesDocument) => boolean;
}

/**
 * Installations that cannot be in one cluster together, since they make workloads of the same name: those of other
 * environments. The first of each set is what answers at an address, and each of the others is an alternative.
 */
export function alternatives({ values }: Model): Alternative[] {
  const makers = new Map<string, Set<string>>();
  const workloads = new Map(values.map((each) => [each, workloadsOf(each)]));
  const chosen = new Map<string, ValuesDocument>();
  for (const installation of values) {
    const { id } = installation;
    for (const workload of workloads.get(installation) ?? []) {
      const known = makers.get(workload) ?? new Set();
      if (!chosen.has(id) && (known.size > 1 || (known.size === 1 && !known.has(id)))) {
        chosen.set(id, installation);
      }
      makers.set(workload, known.add(id));
    }
  }
  return [...chosen.values()].map((installation) => {
    const { id } = installation;
    const own = values.filter((each) => each.id === id);
    const others = new Set(
      own.flatMap((each) => (workloads.get(each) ?? []).flatMap((workload) => [...(makers.get(workload) ?? [])])),
    );
    return { installation, isThere: (each) => each.id === id || !others.has(each.id) };
  });
}

/** Names that a release gives to its own are known only where it is. */
const workloadsOf = ({ rendering }: ValuesDocument): string[] =>
  rendering.collectors
    .filter(({ name }) => !name.includes(unknownRelease))
    .map(({ namespace, kind, name }) => `${namespace} ${kind} ${name}`);
