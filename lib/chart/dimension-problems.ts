import { findDimensionClashes, isRefusedClash } from '../pipeline/dimension-clashes.ts';
import type { Dimension, DimensionOrigin } from '../pipeline/dimensions.ts';
import type { Problem } from '../problems/problem.ts';
import { chartDefaultDimensions } from './dimensions.ts';

/** Something wrong with a list of effective dimensions, and which of them it is about. */
export interface DimensionProblem {
  /** Without a place, since a list comes from several. */
  readonly problem: Problem;
  readonly index: number;
  /** The other dimension, which stands before it. */
  readonly first?: number;
  /** Whether the connector refuses the list; otherwise it starts, and two attributes become one label. */
  readonly isRefused: boolean;
}

/** What is wrong with a list of effective dimensions; without a place, since a list comes from several. */
export const dimensionProblems = (dimensions: readonly Dimension[]): Problem[] =>
  dimensionClashes(dimensions).map(({ problem }) => problem);

export function dimensionClashes(dimensions: readonly Dimension[]): DimensionProblem[] {
  const names = dimensions.map(({ name }) => name);
  return findDimensionClashes(names).flatMap((clash): DimensionProblem[] => {
    const { index } = clash;
    const isRefused = isRefusedClash(clash, names);
    const dimension = dimensions[index];
    if (dimension === undefined) {
      return [];
    }
    const first = dimensions.findIndex(({ name }) => name === dimension.name);
    const same = first < index ? dimensions[first] : undefined;
    if (same !== undefined) {
      return [{ problem: duplicate(same, dimension), index, first, isRefused }];
    }
    if (clash.kind === 'reserved') {
      return isTheChartsOwn(dimension, clash.label)
        ? []
        : [{ problem: reserved(dimension, clash.label), index, isRefused }];
    }
    const { first: twin = index } = clash;
    return [{ problem: folded(dimensions[twin] ?? dimension, dimension), index, first: twin, isRefused }];
  });
}

/** The chart's default `status_code` becomes one label with the reserved `status.code`; nobody here chose that. */
const isTheChartsOwn = ({ name }: Dimension, label: string): boolean =>
  name !== label && chartDefaultDimensions.includes(name);

const duplicate = (first: Dimension, second: Dimension): Problem => ({
  code: 'collector/duplicate-dimension',
  message: `dimension ${second.name} is there twice, from ${place[first.origin]} and from ${place[second.origin]}: the agent does not start`,
  suggestion: withoutTheSecond(second),
});

const reserved = ({ name, origin }: Dimension, label: string): Problem => ({
  code: 'collector/reserved-dimension',
  message:
    name === label
      ? `the collector sets ${name} on every series itself and refuses it as a dimension: the agent does not start`
      : `dimension ${name} becomes the same label as ${label}, which every series has`,
  suggestion: `remove ${name} from ${place[origin]}`,
});

const folded = (first: Dimension, second: Dimension): Problem => ({
  code: 'collector/folded-dimension',
  message: `dimensions ${first.name} and ${second.name} become the same label in the metrics store`,
  suggestion: `keep one of them: ${place[first.origin]} has ${first.name}, ${place[second.origin]} has ${second.name}`,
});

const withoutTheSecond = ({ name, origin }: Dimension): string => {
  switch (origin) {
    case 'service-version':
      return 'set presets.spanMetrics.serviceVersion.enabled: false';
    case 'error-tracking':
      return `remove ${name} from ${place.values}: the chart appends it`;
    default:
      return `remove one ${name} from ${place[origin]}`;
  }
};

/** Where a dimension of each origin is written, below `opentelemetry-agent`. */
const place: Readonly<Record<DimensionOrigin, string>> = {
  'chart-default': "the chart's default list",
  values: 'presets.spanMetrics.extraDimensions',
  'error-tracking': 'presets.spanMetrics.errorTracking',
  'service-version': 'presets.spanMetrics.serviceVersion',
  'database-metrics': 'presets.spanMetrics.dbMetrics',
  'connector-config': 'config.connectors.spanmetrics.dimensions',
};
