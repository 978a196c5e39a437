import type { CellStatus, HopCheck } from './check.ts';
import type { CheckedHop, HopId } from './hop.ts';

/** What is known of one hop of one service. */
export interface Cell {
  readonly hop: CheckedHop;
  readonly status: CellStatus;
  /** The checks of the hop, those that decide the status first. */
  readonly checks: readonly HopCheck[];
  /**
   * The first broken hop that this one needs.
   *
   * @default - it is not blocked
   */
  readonly blockedBy?: HopId;
}

/** One row of the table. */
export interface Row {
  /** Name of the service; `system` for what belongs to no single service. */
  readonly name: string;
  readonly isSystem: boolean;
  /** E.g. `Deployment shop/api`; empty for the system. */
  readonly workload: string;
  readonly status: CellStatus;
  /** The hops that were asked for, in order. */
  readonly cells: readonly Cell[];
}

/** The answer in one sentence, and what to do. */
export interface Headline {
  readonly verdict: VerificationStatus;
  /** One sentence without a full stop. */
  readonly message: string;
  readonly hop?: HopId;
  /** Rows that break there, by name. */
  readonly services: readonly string[];
  /** What decides it. */
  readonly check?: HopCheck;
  /** Later hops where the same break shows. */
  readonly visibleAt: readonly HopId[];
}

/** `broken`: a statement is refuted. `not-proven`: none is, and one is not proven. */
export type VerificationStatus = 'proven' | 'broken' | 'not-proven';

/** One thing that was asked, for the head of a report. */
export interface SourceInfo {
  readonly name: string;
  /** E.g. the context and the address of the API server. */
  readonly description: string;
}

/** The result of one run. */
export interface Verification {
  /** Time of the run, ISO 8601. */
  readonly time: string;
  readonly sources: readonly SourceInfo[];
  readonly hops: readonly CheckedHop[];
  readonly rows: readonly Row[];
  readonly headline: Headline;
}

/** Rows by their status. */
export function cellCounts({ rows }: Pick<Verification, 'rows'>): Readonly<Record<CellStatus, number>> {
  const counts = { proven: 0, broken: 0, transition: 0, unchecked: 0, blocked: 0 };
  for (const { status, isSystem } of rows) {
    counts[status] += isSystem ? 0 : 1;
  }
  return counts;
}

export const exitStatusOf = ({ headline: { verdict } }: Pick<Verification, 'headline'>): 0 | 1 | 3 =>
  exitStatuses[verdict];

const exitStatuses = { proven: 0, broken: 1, 'not-proven': 3 } as const;
