import { z } from 'zod';

const names = () => z.array(z.string()).readonly();

/** The coverage of a run, as the JSON of several commands has it. */
export const coverageSchema = z
  .strictObject({
    workloads: z.strictObject({
      judged: z.int().min(0).describe('With an SDK that what was read shows.'),
      configured: z.int().min(0).describe('Those of them that are configured with an OTLP endpoint.'),
      notInstrumented: names().describe('Those of which nothing shows an SDK, e.g. `Deployment cart`.'),
    }),
    collectors: z.strictObject({
      understood: z.int().min(0),
      notUnderstood: names().describe('Those whose configuration was not read.'),
    }),
    notUnderstood: z
      .array(z.strictObject({ kind: z.string().describe('Kind of the objects, or `file`.'), names: names() }))
      .readonly()
      .describe('Objects and files that no judgement takes into account.'),
  })
  .describe('What the run judged, and what it did not understand.');
