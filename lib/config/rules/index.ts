import type { Rule } from './rule.ts';

/** Every rule, in the order in which they are told at one place. */
export const rules: readonly Rule[] = [];
