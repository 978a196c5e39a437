import { ownValue } from '../../../own-value.ts';
import type { Place } from '../../../problems/problem.ts';
import type { Path } from '../../../yaml/value.ts';
import { listAt, valueAt } from '../../../yaml/value.ts';
import type { InstalledCollector } from './integration-values.ts';

/** A list of dimensions in values, to which the chart may add some. */
export interface WrittenList {
  readonly file: string;
  readonly path: Path;
  /** Equal for the same list. */
  readonly id: string;
  /** Whether the n-th of the effective dimensions is from this list. */
  readonly has: (index: number) => boolean;
  /** Which entry of this list the n-th effective dimension is. */
  readonly entry: (index: number) => number;
  readonly place: (index: number) => Place;
}

/** @param length of the effective list */
export function writtenDimensions(
  { document, path: root }: InstalledCollector,
  connector: string,
  length: number,
): WrittenList | undefined {
  const path = candidates(connector)
    .map((candidate) => [...root, ...candidate])
    .find((candidate) => valueAt(document.value, ...candidate) !== undefined);
  if (path === undefined) {
    return undefined;
  }
  const count = listAt(document.value, ...path).length;
  // To the metrics of databases the chart adds its own before, to the others behind.
  const before = path.includes('dbMetrics') ? length - count : 0;
  const entry = (index: number) => index - before;
  const has = (index: number) => entry(index) >= 0 && entry(index) < count;
  return {
    file: document.file,
    path,
    id: [document.file, ...path].join('\n'),
    has,
    entry,
    place: (index) => (has(index) ? document.place([...path, entry(index)]) : document.place(path, 'key')),
  };
}

/** Where values may name the dimensions of a connector, the place that counts first. */
const candidates = (connector: string): Path[] => [
  ...['config', 'extraConfig'].map((key) => [key, 'connectors', connector, 'dimensions']),
  ...(ownValue(presetPaths, connector) ?? [['presets', 'spanMetricsMulti', 'extraDimensions']]),
];

const presetPaths: Readonly<Record<string, Path[]>> = {
  spanmetrics: [['presets', 'spanMetrics', 'extraDimensions']],
  'spanmetrics/db': [
    ['presets', 'spanMetrics', 'dbMetrics', 'extraDimensions'],
    ['presets', 'spanMetricsMulti', 'dbMetrics', 'extraDimensions'],
  ],
  'spanmetrics/compact': [],
  'spanmetrics/db_compact': [],
};
