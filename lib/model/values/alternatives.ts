import { unknownRelease } from '../../chart/installation.ts';
import type { Model } from '../model.ts';
import type { ValuesDocument } from './values-document.ts';

/**
 * Installations that cannot be in one cluster together, since they make workloads of the same name: those of other
 * environments. The first of each set is what answers at an address.
 *
 * @returns for each of the others, which installations are there when it is
 */
export function alternatives({ values }: Model): ((each: ValuesDocument) => boolean)[] {
  const workloads = new Map(values.map((each) => [each, workloadsOf(each)]));
  const collide = (one: ValuesDocument, other: ValuesDocument) =>
    one.id !== other.id && (workloads.get(one) ?? []).some((name) => workloads.get(other)?.includes(name) === true);
  const chosen = new Set<string>();
  return values.flatMap((wanted, index) => {
    if (chosen.has(wanted.id) || !values.slice(0, index).some((other) => collide(wanted, other))) {
      return [];
    }
    chosen.add(wanted.id);
    const others = new Set(values.filter((other) => collide(wanted, other)).map(({ id }) => id));
    return [({ id }: ValuesDocument) => id === wanted.id || !others.has(id)];
  });
}

/** Names that a release gives to its own are known only where it is. */
const workloadsOf = ({ rendering }: ValuesDocument): string[] =>
  rendering.collectors
    .filter(({ name }) => !name.includes(unknownRelease))
    .map(({ namespace, kind, name }) => `${namespace} ${kind} ${name}`);
