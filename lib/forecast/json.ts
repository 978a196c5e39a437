import { z } from 'zod';
import type { Coverage } from '../model/coverage.ts';
import { coverageSchema } from '../model/coverage-schema.ts';
import { versionSchema } from '../problems/problems-schema.ts';
import { visibleJson } from '../text/visible.ts';
import type { Forecast } from './forecast.ts';

const count = () => z.number().min(0);
const names = () => z.array(z.string()).readonly();

const serviceSchema = z.strictObject({
  service: z.string(),
  workload: z.string().describe('Kind and name, e.g. `Deployment api-gateway`.'),
  basis: z
    .enum(['sample', 'described', 'assumed'])
    .describe('Where its traffic is known from: recorded spans, the configuration, or assumptions.'),
  pods: count(),
  operations: count().describe('Different names of its spans.'),
  kinds: count().describe('Different kinds of its spans.'),
  statuses: count().describe('Different statuses of its spans.'),
  dimensionValues: count().describe('Different values of all dimensions together, of the operation that has most.'),
  labelSets: count().describe('Label sets of `calls_total`, of all its pods.'),
  series: count().describe('Series of all its metrics.'),
  seriesPerDay: count().describe('The same with those that deployments add in a day.'),
});

const metricSchema = z.strictObject({
  connector: z.string().describe('The span metrics connector.'),
  names: names().describe('Stored names, e.g. `calls_total` and `duration_ms`.'),
  labelSets: count(),
  seriesPerLabelSet: count(),
  series: count(),
});

const labelSchema = z.strictObject({
  label: z.string(),
  together: names().describe('Labels that vary with it: dropping one of them alone saves nothing.'),
  factor: count().describe('Series with it for each series without it.'),
  saves: count().describe('Series that are gone without it and those of `together`.'),
  neededBy: z.string().optional().describe('The view of Coralogix that needs it; without the key it can be dropped.'),
});

const capSchema = z.strictObject({
  setting: z.enum(['aggregation_cardinality_limit', 'resource_metrics_cache_size']),
  connector: z.string().describe('The span metrics connector.'),
  limit: count(),
  reached: count(),
  service: z.string().describe('The service that has most.'),
});

/** What `podhost forecast --format json` prints. */
export const forecastReportSchema = z.strictObject({
  version: versionSchema,
  series: count().describe('Series of all services at one time.'),
  emittedSeries: count().describe('Those that the collectors export: fewer where a cap is reached.'),
  seriesPerDay: count().describe('Series of a day, with those that deployments add.'),
  services: z.array(serviceSchema).readonly().describe('The service with most series first.'),
  metrics: z.array(metricSchema).readonly(),
  labels: z.array(labelSchema).readonly().describe('Labels of `calls_total` and `duration_ms`, the dearest first.'),
  freeLabels: names().describe('Labels that add no series.'),
  unusedDimensions: names().describe('Dimensions that no span has.'),
  drops: z
    .array(
      z.strictObject({
        change: z.string().describe('What to write.'),
        saves: count().describe('Series that are gone then.'),
        costs: z.string().optional().describe('What is lost with them.'),
      }),
    )
    .readonly()
    .describe('What to drop first.'),
  churn: z.strictObject({
    perDeployment: count().describe('Series that one deployment of every service adds.'),
    perDay: count(),
    expiration: z
      .string()
      .optional()
      .describe('How long collectors keep old series; without the key: until a restart.'),
  }),
  caps: z.array(capSchema).readonly().describe('Limits of the collectors.'),
  budgets: z
    .array(z.strictObject({ of: z.enum(['series', 'seriesPerDay']), limit: count(), reached: count() }))
    .readonly()
    .describe('Limits of the configuration.'),
  notes: names().describe('What a reader must know to trust the figures.'),
  coverage: coverageSchema.optional(),
});

/** The forecast for programs. */
export function forecastJson(forecast: Forecast, coverage?: Coverage): string {
  const printed: z.input<typeof forecastReportSchema> = {
    version: 1,
    ...forecast,
    ...(coverage === undefined ? {} : { coverage }),
  };
  return `${visibleJson(printed)}\n`;
}
