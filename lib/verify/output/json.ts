import { z } from 'zod';
import { placeSchema, versionSchema } from '../../problems/problems-schema.ts';
import { visibleJson } from '../../text/visible.ts';
import { cellCounts, exitStatusOf, type Verification } from '../verification.ts';

const cellStatus = () => z.enum(['proven', 'broken', 'transition', 'unchecked', 'blocked']);

const evidenceSchema = z.strictObject({
  message: z.string().describe('Something that was read: a count, a time, a query.'),
  place: placeSchema.optional().describe('Where it is written.'),
});

const checkSchema = z.strictObject({
  id: z.string().describe('Stable identifier, `HOP/WHAT`.'),
  status: z
    .enum(['proven', 'broken', 'transition', 'unchecked'])
    .describe('`transition`: expected to hold soon; `unchecked`: nothing proves or refutes it.'),
  message: z.string().describe('What holds, or why it does not or is not known; one sentence without a full stop.'),
  remedy: z.string().optional().describe('The one command, or the text, that mends it.'),
  place: placeSchema.optional().describe('The line to change.'),
  evidence: z.array(evidenceSchema).readonly().describe('What the verdict rests on.'),
});

const hopSchema = z.strictObject({
  id: z.string().describe('Stable name, as `--only` takes it.'),
  sentence: z.string().describe('What should hold.'),
  source: z.enum(['files', 'cluster', 'coralogix']).describe('What answers it.'),
});

const rowSchema = z.strictObject({
  name: z.string().describe('Name of the service; `system` for what belongs to no single service.'),
  isSystem: z.boolean(),
  workload: z.string().describe('E.g. `Deployment shop/api`; empty for the system.'),
  status: cellStatus().describe('The worst of its hops.'),
  hops: z
    .array(
      z.strictObject({
        id: z.string().describe('Name of the hop.'),
        status: cellStatus().describe('`blocked`: it fails, and so does an earlier hop that it needs.'),
        blockedBy: z.string().optional().describe('The first broken hop that it needs.'),
        checks: z.array(checkSchema).readonly().describe('What was checked, the worst first.'),
      }),
    )
    .readonly()
    .describe('The hops that were asked for and could be asked, in the order in which a span passes them.'),
});

/** What `podhost verify --format json` prints. */
export const verificationSchema = z.strictObject({
  version: versionSchema,
  verdict: z
    .enum(['proven', 'broken', 'not-proven'])
    .describe('`broken`: a statement is refuted; `not-proven`: none is, and one is not proven.'),
  exitStatus: z.union([z.literal(0), z.literal(1), z.literal(3)]).describe('0 proven, 1 broken, 3 not proven.'),
  headline: z
    .strictObject({
      message: z.string().describe('The answer in one sentence without a full stop.'),
      hop: z.string().optional().describe('The first broken hop, or the first that is not proven.'),
      services: z.array(z.string()).readonly().describe('Rows to which it applies.'),
      check: checkSchema.optional().describe('What decides it.'),
      visibleAt: z.array(z.string()).readonly().describe('Later hops where the same break shows.'),
    })
    .describe('The first broken hop with its cause.'),
  time: z.string().describe('Time of the run, ISO 8601.'),
  sources: z
    .array(z.strictObject({ name: z.string(), description: z.string() }))
    .readonly()
    .describe('What was asked.'),
  hops: z.array(hopSchema).readonly().describe('The hops that were asked for, in order.'),
  rows: z.array(rowSchema).readonly().describe('One for each service, and one for the system.'),
  counts: z
    .strictObject({
      proven: z.int().min(0),
      broken: z.int().min(0),
      transition: z.int().min(0),
      unchecked: z.int().min(0),
      blocked: z.int().min(0),
    })
    .describe('Services by their status.'),
});

/** The answer for programs. */
export function verificationJson(verification: Verification): string {
  const { headline, time, sources, hops, rows } = verification;
  const { verdict, ...rest } = headline;
  const printed: z.input<typeof verificationSchema> = {
    version: 1,
    verdict,
    exitStatus: exitStatusOf(verification),
    headline: rest,
    time,
    sources,
    hops: hops.map(({ id, sentence, source }) => ({ id, sentence, source })),
    rows: rows.map(({ cells, ...row }) => ({
      ...row,
      hops: cells.map(({ hop, status, blockedBy, checks }) => ({
        id: hop.id,
        status,
        ...(blockedBy === undefined ? {} : { blockedBy }),
        checks,
      })),
    })),
    counts: cellCounts(verification),
  };
  return `${visibleJson(printed)}\n`;
}
