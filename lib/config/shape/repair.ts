import { z } from 'zod';
import { repairs } from '../schema/repairs.ts';

/** Longer texts are no misspelt names or numbers, and some repairs would take long for them. */
const maximumLength = 1000;

/** A text that was refused, made to fit; only when the definition accepts the result. */
export function repairFor(schema: z.core.$ZodType, written: string): string | undefined {
  if (written.length > maximumLength) {
    return undefined;
  }
  const repaired = repairs.get(schema)?.repair(written);
  return repaired !== undefined && z.safeParse(schema, repaired).success ? repaired : undefined;
}
