import type { Problem } from '../problems/problem.ts';
import { type DimensionClash, findDimensionClashes } from '../telemetry/dimensions.ts';
import { chartDefaultDimensions } from './chart-dimensions.ts';
import type { DimensionOrigin, EffectiveDimension } from './effective-dimensions.ts';

/** What is wrong with a list of effective dimensions; without a place, since a list comes from several. */
export function dimensionProblems(dimensions: readonly EffectiveDimension[]): Problem[] {
  return findDimensionClashes(dimensions.map(({ name }) => name)).flatMap((clash) => {
    const dimension = dimensions[clash.index];
    return dimension === undefined || isTheChartsOwn(clash, dimension) ? [] : [problem(clash, dimension, dimensions)];
  });
}

/** The chart's default `status_code` becomes one label with the reserved `status.code`; nobody here chose that. */
const isTheChartsOwn = (clash: DimensionClash, { name }: EffectiveDimension): boolean =>
  clash.kind === 'reserved' && clash.label !== name && chartDefaultDimensions.includes(name);

function problem(
  clash: DimensionClash,
  dimension: EffectiveDimension,
  dimensions: readonly EffectiveDimension[],
): Problem {
  const { name } = dimension;
  if (clash.kind === 'reserved') {
    return {
      code: 'collector/reserved-dimension',
      message:
        clash.label === name
          ? `the collector sets ${name} on every series itself and refuses it as a dimension: the agent does not start`
          : `dimension ${name} becomes the same label as ${clash.label}, which every series has`,
      suggestion: `remove ${name} from ${place[dimension.origin]}`,
    };
  }
  const first = dimensions[clash.first] ?? dimension;
  return clash.kind === 'duplicate'
    ? {
        code: 'collector/duplicate-dimension',
        message: `dimension ${name} is there twice, from ${place[first.origin]} and from ${place[dimension.origin]}: the agent does not start`,
        suggestion: withoutTheSecond(dimension),
      }
    : {
        code: 'collector/folded-dimension',
        message: `dimensions ${first.name} and ${name} become the same label in the metrics store`,
        suggestion: `keep one of them: ${place[first.origin]} has ${first.name}, ${place[dimension.origin]} has ${name}`,
      };
}

const withoutTheSecond = ({ name, origin }: EffectiveDimension): string => {
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
  'connector-config': 'config.connectors.spanmetrics.dimensions',
};
