import { z } from 'zod';
import type { Coverage } from '../model/coverage.ts';
import { coverageSchema } from '../model/coverage-schema.ts';
import { causes } from '../model/path/hop.ts';
import { placeSchema, versionSchema } from '../problems/problems-schema.ts';
import { visibleJson } from '../text/visible.ts';
import { type Explanation, firstBreak } from './explanation.ts';
import { headline } from './headline.ts';

const status = () => z.enum(['ok', 'broken', 'unknown']);

const reasonSchema = z.strictObject({
  message: z.string().describe('A fact that was read.'),
  place: placeSchema.optional().describe('Where it is written.'),
});

const hopSchema = z.strictObject({
  name: z
    .string()
    .describe(
      'SDK, address, node, receiver, processors, spanmetrics, gateway, export or Coralogix; `gateway` is optional.',
    ),
  status: status().describe('`unknown`: the files that were read are not enough to know.'),
  cause: z.enum(causes).optional().describe('What breaks it, of a broken hop.'),
  message: z.string().describe('What happens at this hop, one sentence without a full stop.'),
  reasons: z.array(reasonSchema).readonly().describe('Why that is known.'),
  place: placeSchema.optional().describe('The line that decides it.'),
});

const labelSchema = z.strictObject({
  name: z.string().describe('As a metrics store writes it, e.g. `k8s_pod_name`.'),
  attributes: z.array(z.string()).readonly().describe('The attributes that become it, mostly one.'),
  value: z.string().optional().describe('`<metadata.name>` and the like for what only the cluster knows.'),
  from: z.string().describe('What adds it.'),
});

const seriesSchema = z.strictObject({
  calls: z.string().describe('Name of the metric that counts spans, e.g. `calls_total`.'),
  duration: z.string().optional().describe('Name of the histogram; without the key there is none.'),
  buckets: z.array(z.string()).readonly().describe('Values of `le`; empty when the histogram is exponential.'),
  labels: z.array(labelSchema).readonly().describe('Labels of the series of `calls`.'),
});

/** What `podhost explain --format json` prints. */
export const explanationSchema = z.strictObject({
  version: versionSchema,
  service: z.string().describe('Name of the service.'),
  workload: z.string().describe('Kind and name, e.g. `Deployment api-gateway`.'),
  namespace: z.string(),
  container: z.string(),
  status: status().describe('Of the whole path: that of its first hop that is not ok.'),
  headline: z.string().describe('The same as one sentence without a full stop.'),
  hops: z.array(hopSchema).readonly().describe('In the order in which a span passes them.'),
  series: seriesSchema
    .extend({
      others: z
        .array(
          seriesSchema.extend({
            filters: z.array(z.string()).readonly().describe('Processors that keep some of the spans only.'),
          }),
        )
        .readonly()
        .describe('Metrics of the same spans by other connectors, e.g. `compact_calls_total`.'),
    })
    .nullable()
    .describe('Series of the span metrics; null when there are none or it is not known.'),
  application: z.string().nullable().describe('Application in Coralogix; null when it is not known.'),
  subsystem: z.string().nullable().describe('Subsystem in Coralogix; null when it is not known.'),
  coverage: coverageSchema.optional(),
});

/** The explanation for programs: every key of `Explanation` is there, with null where there is nothing. */
export function explanationJson(explanation: Explanation, coverage?: Coverage): string {
  const { service, workload, namespace, container, hops, series, application, subsystem } = explanation;
  const printed: z.input<typeof explanationSchema> = {
    version: 1,
    service,
    workload,
    namespace,
    container,
    status: firstBreak(explanation)?.status ?? 'ok',
    headline: headline(explanation),
    hops,
    series: series ?? null,
    application: application ?? null,
    subsystem: subsystem ?? null,
    ...(coverage === undefined ? {} : { coverage }),
  };
  return `${visibleJson(printed)}\n`;
}
