import { z } from 'zod';
import { dnsLabel, flag, nonEmptyText, textLike } from './scalars.ts';

const attributeName = () => textLike(/^[A-Za-z_][A-Za-z0-9_.\-/]*$/, 'an attribute name such as http.method');

/** Policies pass through to the collector; only their name and type are known here. */
const tailSamplingPolicy = z.looseObject({ name: nonEmptyText(), type: nonEmptyText() });

export const collectorSchema = z.strictObject({
  namespace: dnsLabel().default('coralogix').describe("Namespace of the Helm release; not the application's own."),
  release: dnsLabel().default('otel-coralogix-integration').describe('Name of the Helm release.'),
  provider: z
    .enum(['on-prem', 'aws', 'gcp', 'azure'])
    .default('on-prem')
    .describe('Where the nodes run; on-prem leaves out the cloud region detectors.'),
  spanMetrics: z
    .strictObject({
      dimensions: z
        .array(attributeName())
        .default([])
        .describe('Dimensions of the span metrics, in addition to those of the chart.'),
    })
    .prefault({}),
  loadBalancing: z
    .strictObject({
      enabled: flag().default(true).describe('Send all spans of a trace to one gateway, where tail sampling decides.'),
      policies: z
        .array(tailSamplingPolicy)
        .default([{ name: 'keep-all', type: 'always_sample' }])
        .describe('Tail sampling policies of the gateway. Default: keep every trace.'),
    })
    .prefault({}),
});

export type CollectorConfig = z.output<typeof collectorSchema>;
