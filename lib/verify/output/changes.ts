import { visibleLine } from '../../text/visible.ts';
import type { CellStatus } from '../check.ts';
import { hopNumber } from '../hop.ts';
import type { Cell, Verification } from '../verification.ts';
import { cellMarks } from './render-text.ts';

/**
 * What has changed since the run before, one line a hop; of the first run what is not proven. The headline comes last
 * where it is another one.
 */
export function changeLines(verification: Verification, before: Verification | undefined): string[] {
  const former = statesOf(before);
  const time = verification.time.slice(11, 19);
  const lines = verification.rows.flatMap(({ name, cells }) =>
    cells.flatMap((cell) => {
      const was = former.get(`${name} ${cell.hop.id}`);
      const isNew = before === undefined ? cell.status !== 'proven' : was === undefined || was.text !== textOf(cell);
      return isNew
        ? [visibleLine(`${time} ${name} ${hopNumber(cell.hop.id)} ${cell.hop.id}: ${changeText(cell, was)}`)]
        : [];
    }),
  );
  const { message } = verification.headline;
  return message === before?.headline.message ? lines : [...lines, visibleLine(`${time} ${message}`)];
}

interface State {
  readonly status: CellStatus;
  readonly text: string;
}

const statesOf = (verification: Verification | undefined): ReadonlyMap<string, State> =>
  new Map(
    verification?.rows.flatMap(({ name, cells }) =>
      cells.map((cell): [string, State] => [`${name} ${cell.hop.id}`, { status: cell.status, text: textOf(cell) }]),
    ),
  );

/** A hop that is proven has changed only with its status: how many spans arrived is no news. */
const textOf = ({ status, checks }: Cell): string =>
  status === 'proven' ? status : `${status} ${checks[0]?.message ?? ''}`;

function changeText({ status, checks }: Cell, was: State | undefined): string {
  const change =
    was === undefined || was.status === status ? cellMarks[status] : `${cellMarks[was.status]} → ${cellMarks[status]}`;
  const message = status === 'proven' ? '' : (checks[0]?.message ?? '');
  return message === '' ? change : `${change} ${message}`;
}
