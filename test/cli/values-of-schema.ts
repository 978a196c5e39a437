import { parse } from 'yaml';
import { z } from 'zod';
import { keyExamples } from '../../lib/config/schema/key-examples.ts';

/** Texts of examples: most definitions accept some of them. */
const texts: readonly string[] = [
  ...new Set([
    ...Object.values(keyExamples),
    ...Object.values(keyExamples).flatMap((example) => leaves(parse(example))),
  ]),
  ...[
    '',
    ' ',
    'a',
    'A',
    '0',
    '1',
    '30000',
    '65536',
    'true',
    'no',
    '1h',
    '99.5',
    '/',
    'x\0',
    'é',
    '😀',
    '__proto__',
    'a-1',
  ],
];

function leaves(value: unknown): string[] {
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(leaves) : [String(value)];
}

/** Numbers from 0 to 1, the same for the same seed. */
export function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Makes values that a schema mostly accepts. */
export class ValuesOfSchema {
  private readonly accepted = new Map<z.ZodType, readonly unknown[]>();

  /**
   * @param random numbers from 0 to 1
   * @param faults how likely a value is that the schema did not ask for, from 0 to 1
   */
  constructor(
    private readonly random: () => number,
    private readonly faults: number,
  ) {}

  /** @returns undefined for a key that is left out */
  of(schema: unknown, depth = 0): unknown {
    if (this.happens(this.faults)) {
      return this.oneOf([null, undefined, '', 'x', [], {}, ['x'], { x: 'y' }, JSON.parse('{ "__proto__": "x" }')]);
    }
    if (schema instanceof z.ZodLazy || schema instanceof z.ZodNullable) {
      return schema instanceof z.ZodNullable && this.happens(0.3) ? null : this.of(schema.unwrap(), depth + 1);
    }
    if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault) {
      return this.happens(depth > 8 ? 1 : 0.5) ? undefined : this.of(schema.unwrap(), depth);
    }
    if (schema instanceof z.ZodObject) {
      return this.objectOf(schema.shape, depth + 1);
    }
    if (schema instanceof z.ZodArray) {
      return this.several().map(() => this.of(schema.element, depth + 1));
    }
    if (schema instanceof z.ZodRecord) {
      const entries = this.several().map(() => [String(this.of(schema.keyType)), this.of(schema.valueType, depth + 1)]);
      return Object.fromEntries(entries);
    }
    if (schema instanceof z.ZodUnion) {
      return this.of(this.oneOf(schema.options), depth);
    }
    return schema instanceof z.ZodType ? this.oneOf(this.acceptedBy(schema)) : undefined;
  }

  private objectOf(shape: Readonly<Record<string, unknown>>, depth: number): object {
    const names = Object.keys(shape);
    // Of the many fields of a type of Kubernetes a few are enough.
    const isKept = names.length > 12 && depth > 2 ? 4 / names.length : 1;
    const members = names.flatMap((name) => {
      const isOptional = shape[name] instanceof z.ZodOptional;
      const value = isOptional && !this.happens(isKept) ? undefined : this.of(shape[name], depth);
      return value === undefined && !this.happens(0.01) ? [] : [[name, value]];
    });
    return Object.fromEntries(this.happens(this.faults) ? [...members, [this.oneOf(texts), 'x']] : members);
  }

  private acceptedBy(schema: z.ZodType): readonly unknown[] {
    const values: readonly unknown[] = schema instanceof z.ZodUnknown ? [...texts, 1, true, null] : texts;
    const words =
      schema instanceof z.ZodEnum ? schema.options : schema instanceof z.ZodLiteral ? [...schema.values] : [];
    const found = this.accepted.get(schema) ?? [...words, ...values].filter((value) => schema.safeParse(value).success);
    this.accepted.set(schema, found);
    return found;
  }

  private readonly several = (): readonly unknown[] => Array.from({ length: Math.floor(this.random() * 3) });

  private readonly happens = (share: number): boolean => this.random() < share;

  private oneOf<Value>(values: readonly Value[]): Value | undefined {
    return values[Math.floor(this.random() * values.length)];
  }
}
