import type { z } from 'zod';
import { unstorableCharacter } from '../../text/characters.ts';

/** A part of a policy that would not reach the collector as it was written. */
export interface PolicyProblem {
  readonly path: PropertyKey[];
  /** Completes the name of the value. */
  readonly message: string;
}

/** What no YAML or JSON between the configuration and the collector keeps as it is. */
export function policyProblems(value: unknown, path: PropertyKey[] = []): PolicyProblem[] {
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).flatMap(([key, child]) => {
      const step = Array.isArray(value) ? Number(key) : key;
      const character = unstorableCharacter(key);
      return character === undefined
        ? policyProblems(child, [...path, step])
        : [{ path: [...path, step], message: `must be a key without the character ${character}` }];
    });
  }
  const message =
    typeof value === 'number' ? numberProblem(value) : typeof value === 'string' ? textProblem(value) : undefined;
  return message === undefined ? [] : [{ path, message }];
}

function numberProblem(value: number): string | undefined {
  if (!Number.isFinite(value)) {
    return 'must be a finite number';
  }
  return Number.isInteger(value) && !Number.isSafeInteger(value)
    ? `must be a whole number of at most ${Number.MAX_SAFE_INTEGER}`
    : undefined;
}

function textProblem(value: string): string | undefined {
  const character = unstorableCharacter(value);
  return character === undefined ? undefined : `must be text without the character ${character}`;
}

/** Refuses a policy with such parts, each in its place. */
export const refuseProblems: (policy: unknown, context: z.core.$RefinementCtx) => void = (policy, context) => {
  for (const { path, message } of policyProblems(policy)) {
    context.addIssue({ code: 'custom', path, message });
  }
};
