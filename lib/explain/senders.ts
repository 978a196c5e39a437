import type { Model } from '../model/model.ts';
import { hasSdk, type Sender, sendersOf } from '../model/path/sender.ts';
import type { Workload } from '../model/workload.ts';

/**
 * The containers that a name means, one of each workload; more than one where the name is ambiguous.
 *
 * @param wanted name of a service or a workload, with its namespace, kind or workload before it where that is needed:
 *   `api`, `shop/api`, `cronjob/api`, `shop/api/worker`
 */
export function matchesOf(model: Model, wanted: string): Sender[] {
  const parts = wanted.split('/');
  const name = parts.at(-1) ?? '';
  const qualifiers = parts.slice(0, -1);
  const ranked = sendersOf(model)
    .filter(({ workload }) => qualifiers.every((qualifier) => isOf(workload, qualifier)))
    .map((sender) => ({ sender, rank: rankOf(sender, name, qualifiers) }));
  const highest = ranked.reduce((most, { rank }) => Math.max(most, rank), 1);
  const best = new Map<Workload, Sender>();
  for (const { sender, rank } of ranked) {
    const known = best.get(sender.workload);
    if (rank === highest && (known === undefined || (!hasSdk(known) && hasSdk(sender)))) {
      best.set(sender.workload, sender);
    }
  }
  return [...best.values()];
}

const isOf = ({ namespace, kind, name }: Workload, qualifier: string): boolean =>
  [namespace, kind.toLowerCase(), name].includes(qualifier) || kind === qualifier;

/** A container that is named with its workload, then what is called so, then what runs under that name. */
function rankOf({ service, workload, container }: Sender, name: string, qualifiers: readonly string[]): number {
  const isContainer = container.name === name && qualifiers.includes(workload.name);
  return (isContainer ? 4 : 0) + (service === name ? 2 : 0) + (workload.name === name ? 1 : 0);
}
