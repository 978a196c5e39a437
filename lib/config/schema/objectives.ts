import { z } from 'zod';
import { durationBuckets } from '../../collector/components/span-metrics.ts';
import { integer, textLike } from './scalars.ts';

const percent = () =>
  textLike(/^(?!0+(\.0+)?$)\d{1,2}(\.\d{1,4})?$/, 'a percentage above 0 and below 100, such as 99.5');

export const objectivesSchema = z.strictObject({
  availabilityPercent: percent().default('99.5').describe('Share of requests that do not fail.'),
  latency: z
    .strictObject({
      within: z.enum(durationBuckets).describe('How long a request may take: one of the buckets of the span metrics.'),
      percent: percent().default('95').describe('Share of requests that are as fast.'),
    })
    .optional()
    .describe('Default: how long requests take is not promised.'),
  timeFrame: z.enum(['7d', '14d', '21d', '28d']).default('28d').describe('Time over which they are judged.'),
  burnRate: integer(1, 1000)
    .default(10)
    .describe('An alert fires when the error budget is used up this many times faster than planned, over an hour.'),
  priority: z.enum(['p1', 'p2', 'p3', 'p4', 'p5']).default('p3').describe('Priority of the alerts.'),
});

export type ObjectivesConfig = z.output<typeof objectivesSchema>;
