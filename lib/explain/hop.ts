import type { Hop as WalkedHop, Reason as WalkedReason } from '../model/path/hop.ts';
import type { Place } from '../problems/problem.ts';

/** A reason with the line where it is written; without one it stands in no line that was read. */
export type ExplainedReason = Omit<WalkedReason, 'place'> & { readonly place?: Place };

/** A hop of an explanation, with the line that decides it. */
export type ExplainedHop = Pick<WalkedHop, 'name' | 'status' | 'cause' | 'message'> & {
  readonly reasons: readonly ExplainedReason[];
  readonly place?: Place;
};

/** A hop as it is printed, with its places looked up. */
export function explainedHop({ reasons, place, ...judged }: WalkedHop): ExplainedHop {
  return { ...judged, reasons: reasons.map(explainedReason), ...placed(place?.()) };
}

const explainedReason = ({ place, ...reason }: WalkedReason): ExplainedReason => ({ ...reason, ...placed(place?.()) });

const placed = (place: Place | undefined): { readonly place?: Place } => (place === undefined ? {} : { place });
