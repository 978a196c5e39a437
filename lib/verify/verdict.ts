import { joinNames } from '../text/list.ts';
import type { CellStatus, CheckStatus, HopCheck } from './check.ts';
import { hopIdOf } from './check.ts';
import { type CheckedHop, type HopId, hopNumber, hops } from './hop.ts';
import type { Cell, Headline, Row } from './verification.ts';

/** The worst first. */
const order: readonly CellStatus[] = ['broken', 'transition', 'blocked', 'unchecked', 'proven'];

const worst = (statuses: readonly CellStatus[]): CellStatus =>
  order.find((status) => statuses.includes(status)) ?? 'unchecked';

/** The checks of one service or of the system, not yet judged. */
export interface CheckedSubject extends Pick<Row, 'name' | 'isSystem' | 'workload'> {
  readonly checks: readonly HopCheck[];
}

/**
 * Judges every hop of a subject: by its own checks, and by the hops that it needs.
 *
 * @param asked the hops to report; those of a subject without a check are left out
 */
export function rowOf({ checks, ...subject }: CheckedSubject, asked: readonly CheckedHop[]): Row {
  const cells = new Map<HopId, Cell>();
  for (const hop of hops) {
    const own = checks.filter((check) => hopIdOf(check) === hop.id);
    if (own.length > 0) {
      cells.set(hop.id, cellOf(hop, own, cells));
    }
  }
  const reported = asked.flatMap(({ id }) => cells.get(id) ?? []);
  return { ...subject, cells: reported, status: worst(reported.map(({ status }) => status)) };
}

function cellOf(hop: CheckedHop, checks: readonly HopCheck[], before: ReadonlyMap<HopId, Cell>): Cell {
  const status = worst(checks.map((check) => check.status));
  const sorted = checks.toSorted((one, other) => order.indexOf(one.status) - order.indexOf(other.status));
  if (status === 'proven') {
    return { hop, status, checks: sorted };
  }
  const needed = hop.needs.flatMap((id) => before.get(id) ?? []);
  const broken = needed.flatMap(brokenRoot).sort((one, other) => hopNumber(one) - hopNumber(other))[0];
  if (broken !== undefined) {
    return { hop, status: 'blocked', checks: sorted, blockedBy: broken };
  }
  // What fails while something before it is under way may hold once that is over.
  const isWaiting = needed.some((cell) => cell.status === 'transition');
  return { hop, status: isWaiting && status === 'broken' ? 'transition' : status, checks: sorted };
}

const brokenRoot = ({ status, hop, blockedBy }: Cell): HopId[] =>
  status === 'broken' ? [hop.id] : blockedBy === undefined ? [] : [blockedBy];

/** The first broken hop of all rows with its cause, or what is not proven. */
export function headlineOf(rows: readonly Row[]): Headline {
  const services = rows.filter(({ isSystem }) => !isSystem);
  const proven = services.filter(({ status }) => status === 'proven').length;
  const first = firstOf(rows, 'broken');
  if (first !== undefined) {
    return brokenHeadline(rows, first);
  }
  const open = (['transition', 'unchecked'] as const).flatMap((status) => firstOf(rows, status) ?? [])[0];
  if (open === undefined && rows.some(({ cells }) => cells.length > 0)) {
    const message = `${proven} of ${services.length} ${services.length === 1 ? 'service is' : 'services are'} proven`;
    return { verdict: 'proven', message, services: [], visibleAt: [] };
  }
  if (open === undefined) {
    return { verdict: 'not-proven', message: 'nothing was checked', services: [], visibleAt: [] };
  }
  const { cell, check } = open;
  const names = rowsWith(rows, cell.hop.id, check);
  const how = check.status === 'unchecked' ? 'not checked' : 'in transition';
  const message = `${subjectsText(names)}: ${cell.hop.id} is ${how}: ${check.message}`;
  return { verdict: 'not-proven', message, hop: cell.hop.id, services: names, check, visibleAt: [] };
}

interface Found {
  readonly cell: Cell;
  readonly check: HopCheck;
}

function firstOf(rows: readonly Row[], status: CheckStatus): Found | undefined {
  for (const { id } of hops) {
    const cells = rows.flatMap((row) => row.cells.filter((cell) => cell.hop.id === id && cell.status === status));
    const found = cells.flatMap((cell) => {
      const check = cell.checks.find((each) => each.status === status) ?? cell.checks[0];
      return check === undefined ? [] : [{ cell, check }];
    });
    // The cause that most rows share comes first.
    const [most] = found.toSorted((one, other) => shares(found, other) - shares(found, one));
    if (most !== undefined) {
      return most;
    }
  }
  return undefined;
}

const shares = (found: readonly Found[], { check }: Found): number =>
  found.filter((other) => other.check.message === check.message).length;

function brokenHeadline(rows: readonly Row[], { cell, check }: Found): Headline {
  const { id } = cell.hop;
  const names = rowsWith(rows, id, check);
  const visibleAt = hops.filter((hop) => rows.some((row) => row.cells.some((each) => showsBreak(each, hop.id, id))));
  const message = `${subjectsText(names)} ${names.length === 1 ? 'breaks' : 'break'} at hop ${hopNumber(id)} (${id}): ${check.message}`;
  return { verdict: 'broken', message, hop: id, services: names, check, visibleAt: visibleAt.map((hop) => hop.id) };
}

const showsBreak = ({ hop, blockedBy, checks }: Cell, wanted: HopId, root: HopId): boolean =>
  hop.id === wanted && blockedBy === root && checks.some(({ status }) => status === 'broken');

const rowsWith = (rows: readonly Row[], id: HopId, { message }: HopCheck): string[] =>
  rows
    .filter(({ cells }) =>
      cells.some(({ hop, checks }) => hop.id === id && checks.some((check) => check.message === message)),
    )
    .map(({ name, isSystem }) => (isSystem ? 'the system' : name));

const subjectsText = (names: readonly string[]): string => joinNames(names);
