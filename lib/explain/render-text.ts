import { podhost } from '../command-name.ts';
import type { Certainty } from '../model/certainty.ts';
import type { SeriesLabel } from '../model/path/series/label.ts';
import type { Place } from '../problems/problem.ts';
import { displayWidth, padEnd } from '../text/display-width.ts';
import { visible, visibleLine } from '../text/visible.ts';
import { type Explanation, firstBreak, type Series } from './explanation.ts';
import { headline } from './headline.ts';
import type { Hop, Reason } from './hop.ts';

/** What stands before a step. */
export const marks: Readonly<Record<Certainty, string>> = { ok: '✓', broken: '✗', unknown: '?' };

/** The explanation for people: the first broken step is the headline. */
export function explanationText(explanation: Explanation): string {
  const { service, workload, namespace, hops, series, application, subsystem } = explanation;
  const status = firstBreak(explanation)?.status ?? 'ok';
  return [
    ...wrapped(`${marks[status]} `, `${service} (${workload}, namespace ${namespace}): ${headline(explanation)}`),
    '',
    ...grouped(hops).flatMap(hopLines),
    ...(series === undefined ? [] : ['', ...seriesLines(series)]),
    ...(application === undefined
      ? []
      : ['', visibleLine(`In Coralogix: application ${application}, subsystem ${subsystem}`)]),
    ...(status === 'broken' ? ['', `${podhost} lint reports the text to write instead.`] : []),
    '',
  ].join('\n');
}

/** Steps of which the same is not known are one. */
function grouped(hops: readonly Hop[]): Hop[] {
  const groups: Hop[] = [];
  for (const hop of hops) {
    const last = groups.at(-1);
    if (last !== undefined && last.status === 'unknown' && isSame(last, hop)) {
      groups.splice(-1, 1, { ...last, name: `${last.name}, ${hop.name}` });
    } else {
      groups.push(hop);
    }
  }
  return groups;
}

const isSame = (one: Hop, other: Hop): boolean =>
  [one.status, one.message, ...one.reasons.map(({ message }) => message)].join('\n') ===
  [other.status, other.message, ...other.reasons.map(({ message }) => message)].join('\n');

const hopLines = ({ name, status, message, reasons }: Hop): string[] => [
  ...wrapped(`${marks[status]} `, `${name}: ${message}`),
  ...reasons.flatMap((reason, index) => reasonLines(index === 0 ? '    because ' : '        and ', reason)),
];

const reasonLines = (first: string, { message, place }: Reason): string[] =>
  wrapped(first, place === undefined ? message : `${message} (${written(place)})`);

const written = ({ file, line, column }: Place): string => `${visible(file)}:${line}:${column}`;

function seriesLines({ calls, duration, buckets, labels }: Series): string[] {
  const column = labels.reduce((width, { name }) => Math.max(width, displayWidth(visible(name))), 0) + 2;
  const bounds = buckets.length === 0 ? 'no le: its buckets are exponential' : `le besides: ${buckets.join(', ')}`;
  return [
    ...wrapped('', `${calls} has these labels${duration === undefined ? '' : `; ${duration} has ${bounds}`}`),
    ...labels.flatMap((label) => wrapped(`  ${padEnd(visible(label.name), column)}`, cell(label))),
    '  What stands as <field> only the cluster knows.',
  ];
}

/** A value that differs between spans is described by its source. */
const cell = ({ value, from }: SeriesLabel): string => (value === undefined ? from : `${value} (${from})`);

const width = 100;

/**
 * Text in lines that fit a terminal. Line breaks in it are those of values.
 *
 * @param first what the first line begins with; the others are moved as far to the right
 */
export function wrapped(first: string, text: string): string[] {
  const lines: string[] = [];
  let line = first;
  for (const word of visibleLine(text).split(' ')) {
    const isEmpty = line === first || line.trim() === '';
    if (!isEmpty && displayWidth(line) + 1 + displayWidth(word) > width) {
      lines.push(line);
      line = ' '.repeat(displayWidth(first)) + word;
    } else {
      line += isEmpty ? word : ` ${word}`;
    }
  }
  return [...lines, line];
}
