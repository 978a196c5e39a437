import { podhost } from '../../command-name.ts';
import { groupBy } from '../../group-by.ts';
import type { Place } from '../../problems/problem.ts';
import { withoutNull } from '../../text/characters.ts';
import { displayWidth, padEnd } from '../../text/display-width.ts';
import { joinNames } from '../../text/list.ts';
import { operand, sh } from '../../text/shell.ts';
import { visible, visibleLine } from '../../text/visible.ts';
import { wrapped } from '../../text/wrapped.ts';
import type { CellStatus, HopCheck } from '../check.ts';
import { hopNumber } from '../hop.ts';
import { type Cell, cellCounts, exitStatusOf, type Row, type Verification } from '../verification.ts';

/** What stands in the table. */
export const cellMarks: Readonly<Record<CellStatus, string>> = {
  proven: '✓',
  broken: '✗',
  transition: '…',
  blocked: '–',
  unchecked: '?',
};

export interface RenderTextOptions {
  /** Whether the evidence of every check is shown. */
  readonly verbose: boolean;
  /**
   * Exit status of the command that prints the text.
   *
   * @default - that of `podhost verify`
   */
  readonly exitStatus?: number;
}

/** The answer for people: the headline, what mends it, and a table of services and hops. */
export function verificationText(verification: Verification, { verbose, exitStatus }: RenderTextOptions): string {
  return [
    ...sourceLines(verification),
    '',
    ...headlineLines(verification),
    '',
    ...tableLines(verification),
    '',
    ...openLines(verification),
    ...(verbose ? evidenceLines(verification) : []),
    summaryLine(verification, exitStatus),
    '',
  ].join('\n');
}

const sourceLines = ({ sources }: Verification): string[] =>
  sources.map(({ name, description }) => `${padEnd(name, 10)} ${visible(description)}`);

const words = { proven: 'PROVEN', broken: 'BROKEN', 'not-proven': 'NOT PROVEN' } as const;

function headlineLines({ headline, rows }: Verification): string[] {
  const { verdict, message, check, hop, services, visibleAt } = headline;
  const lines = wide(`${words[verdict]}  `, message);
  if (check?.place !== undefined) {
    lines.push(`  at     ${placeText(check.place)}`);
  }
  if (check?.remedy !== undefined) {
    lines.push(...wide('  mend   ', check.remedy));
  }
  if (hop !== undefined && verdict === 'broken') {
    lines.push(
      ...(visibleAt.length === 0
        ? []
        : wide('  shows  ', `also at ${visibleAt.map((id) => `${hopNumber(id)} ${id}`).join(', ')}`)),
    );
    const named = rows.filter(({ name, isSystem }) => !isSystem && services.includes(name)).slice(0, 1);
    lines.push(
      `  then   ${sh`${podhost} verify ${named.flatMap(({ name }) => ['--service', withoutNull(/\((.*)\)$/.exec(name)?.[1] ?? name)])} --wait ${operand('10m')}`}`,
    );
  }
  return lines;
}

const placeText = ({ file, line, column }: Place): string => `${visible(file)}:${line}:${column}`;

function tableLines({ hops, rows }: Verification): string[] {
  const width = Math.max(8, ...rows.map(({ name }) => displayWidth(visible(name)))) + 2;
  const head = ' '.repeat(width) + hops.map(({ id }) => padEnd(`${hopNumber(id)}`, 4)).join('');
  return [
    ...wide('', hops.map(({ id }) => `${hopNumber(id)}\u00a0${id}`).join('  ')),
    '',
    head.trimEnd(),
    ...rows.map((row) =>
      rowLine(
        row,
        hops.map(({ id }) => id),
        width,
      ),
    ),
  ];
}

function rowLine({ name, cells }: Row, ids: readonly string[], width: number): string {
  const cellAt = (id: string): string => {
    const cell = cells.find(({ hop }) => hop.id === id);
    return padEnd(cell === undefined ? ' ' : cellMarks[cell.status], 4);
  };
  return (padEnd(visible(name), width) + ids.map(cellAt).join('')).trimEnd();
}

/** Everything that is not proven, each reason once. */
function openLines({ rows }: Verification): string[] {
  const open = rows.flatMap(({ name, isSystem, cells }) =>
    cells.flatMap((cell) => openChecks(cell).map((check) => ({ name: isSystem ? 'system' : name, cell, check }))),
  );
  const groups = [...groupBy(open, ({ cell, check }) => `${cell.status} ${check.message}`).values()];
  const shown = groups.filter(([{ cell }]) => cell.status !== 'blocked');
  const blocked = groups.filter(([{ cell }]) => cell.status === 'blocked');
  const lines = shown.flatMap((group) => {
    const [{ cell, check }] = group;
    const hops = [...new Set(group.map((each) => each.cell.hop.id))];
    const where = `${hops.map((id) => `${hopNumber(id)} ${id}`).join(', ')}: ${joinNames(group.map(({ name }) => name))}: `;
    const place = check.place === undefined ? '' : ` (${placeText(check.place)})`;
    return [
      ...wide(`${cellMarks[cell.status]} `, where + check.message + place),
      ...(check.remedy === undefined ? [] : wide('    ', check.remedy)),
    ];
  });
  const behind =
    blocked.length === 0
      ? []
      : [
          `– ${blocked.length} more ${blocked.length === 1 ? 'statement waits' : 'statements wait'} for a broken hop before it`,
        ];
  return lines.length + behind.length === 0 ? [] : [...lines, ...behind, ''];
}

const openChecks = ({ status, checks }: Cell): readonly HopCheck[] =>
  status === 'proven' ? [] : checks.filter((check) => check.status !== 'proven');

function evidenceLines({ rows }: Verification): string[] {
  return rows.flatMap(({ name, cells }) => [
    visibleLine(`${name}:`),
    ...cells.flatMap(({ status, hop, checks }) => [
      `  ${cellMarks[status]} ${hopNumber(hop.id)} ${hop.id}: ${hop.sentence}`,
      ...checks.flatMap((check) => [
        ...wide(`      ${cellMarks[check.status]} `, `${check.message} [${check.id}]`),
        ...check.evidence.flatMap(({ message, place }) =>
          wide('          ', message + (place === undefined ? '' : ` (${placeText(place)})`)),
        ),
      ]),
    ]),
    '',
  ]);
}

function summaryLine(verification: Verification, exitStatus: number = exitStatusOf(verification)): string {
  const { rows } = verification;
  const counts = cellCounts(verification);
  const services = rows.filter(({ isSystem }) => !isSystem).length;
  const unchecked = rows.flatMap(({ cells }) => cells.filter(({ status }) => status === 'unchecked')).length;
  const parts = [
    `${counts.proven} of ${services} services proven`,
    ...(counts.broken + counts.blocked > 0 ? [`${counts.broken + counts.blocked} broken`] : []),
    ...(counts.transition > 0 ? [`${counts.transition} in transition`] : []),
    ...(unchecked > 0 ? [`${unchecked} ${unchecked === 1 ? 'statement' : 'statements'} not checked`] : []),
  ];
  return `${parts.join(', ')}; exit status ${exitStatus}`;
}

/** The table needs a wider line than other texts. */
const wide = (first: string, text: string): string[] => wrapped(first, text, 110);
