import type { z } from 'zod';
import type { Path } from '../../yaml/value.ts';
import type { Located } from '../reading/located.ts';

/** Something that a definition does not allow. */
export interface ShapeProblem {
  readonly id: 'unknown-key' | 'missing-key' | 'wrong-type' | 'invalid-value' | 'invalid-key';
  readonly message: string;
  readonly suggestion?: string;
  /** The value that rules must not look at. */
  readonly path: Path;
  /** Whether the key, not the value, is to be pointed at. */
  readonly atKey?: boolean;
  /** What was probably meant by an unknown key: that it is missing need not be reported as well. */
  readonly meant?: Path;
}

/** What a finding is made of. */
export interface ShapeContext {
  readonly schema: z.ZodType;
  readonly root: Located;
  readonly path: Path;
  /** What stands at the path. */
  readonly value: Located;
}
