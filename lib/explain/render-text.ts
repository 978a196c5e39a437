import { podhost } from '../command-name.ts';
import type { Certainty } from '../model/certainty.ts';
import type { SeriesLabel } from '../model/path/series/label.ts';
import type { Place } from '../problems/problem.ts';
import { displayWidth, padEnd } from '../text/display-width.ts';
import { visible, visibleLine } from '../text/visible.ts';
import { wrapped } from '../text/wrapped.ts';
import { type CountedSeries, type Explanation, firstBreak, type OtherSeries, type Series } from './explanation.ts';
import { headline } from './headline.ts';
import type { ExplainedHop, ExplainedReason } from './hop.ts';

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
function grouped(hops: readonly ExplainedHop[]): ExplainedHop[] {
  const groups: ExplainedHop[] = [];
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

const isSame = (one: ExplainedHop, other: ExplainedHop): boolean =>
  [one.status, one.message, ...one.reasons.map(({ message }) => message)].join('\n') ===
  [other.status, other.message, ...other.reasons.map(({ message }) => message)].join('\n');

const hopLines = ({ name, status, message, reasons }: ExplainedHop): string[] => [
  ...wrapped(`${marks[status]} `, `${name}: ${message}`),
  ...reasons.flatMap((reason, index) => reasonLines(index === 0 ? '    because ' : '        and ', reason)),
];

const reasonLines = (first: string, { message, place }: ExplainedReason): string[] =>
  wrapped(first, place === undefined ? message : `${message} (${written(place)})`);

const written = ({ file, line, column }: Place): string => `${visible(file)}:${line}:${column}`;

function seriesLines(series: Series): string[] {
  const { calls, duration, buckets, labels, others } = series;
  const column = labels.reduce((width, { name }) => Math.max(width, displayWidth(visible(name))), 0) + 2;
  const bounds = buckets.length === 0 ? 'no le: its buckets are exponential' : `le besides: ${buckets.join(', ')}`;
  return [
    ...wrapped('', `${calls} has these labels${duration === undefined ? '' : `; ${duration} has ${bounds}`}`),
    ...labels.flatMap((label) => wrapped(`  ${padEnd(visible(label.name), column)}`, cell(label))),
    '  What stands as <field> only the cluster knows.',
    ...(others.length === 0 ? [] : ['', 'The collector makes other metrics of the same spans:']),
    ...others.flatMap((other) => wrapped('  ', otherSeries(other, series))),
  ];
}

function otherSeries({ calls, duration, labels, filters }: OtherSeries, main: CountedSeries): string {
  const names = labels.map(({ name }) => name);
  const missing = main.labels.map(({ name }) => name).filter((name) => !names.includes(name));
  const isShort = missing.length > names.length || names.length + missing.length !== main.labels.length;
  const found = isShort
    ? `labels ${names.join(', ')}`
    : `labels of ${main.calls}${missing.length === 0 ? '' : ` without ${missing.join(', ')}`}`;
  const some =
    filters.length === 0
      ? ''
      : `, of the spans that ${filters.join(' and ')} ${filters.length === 1 ? 'keeps' : 'keep'}`;
  return `${calls}${duration === undefined ? '' : ` and ${duration}`}: ${found}${some}`;
}

/** A value that differs between spans is described by its source. */
const cell = ({ value, from }: SeriesLabel): string => (value === undefined ? from : `${value} (${from})`);
