import { z } from 'zod';
import { repairs } from '../schema/repairs.ts';

/** A text that was refused, made to fit; only when the definition accepts the result. */
export function repairFor(schema: z.core.$ZodType, written: string): string | undefined {
  const repaired = repairs.get(schema)?.repair(written);
  return repaired !== undefined && z.safeParse(schema, repaired).success ? repaired : undefined;
}
