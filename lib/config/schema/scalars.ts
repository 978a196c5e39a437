import { z } from 'zod';
import { controlCharacter, unstorableCharacter } from '../../text/characters.ts';
import { variableNamePattern } from '../../text/variable-name.ts';
import {
  asAbsolutePath,
  asDnsLabel,
  asDnsName,
  asFlag,
  asInteger,
  asQuantity,
  asVariableName,
  type Repair,
  repairs,
} from './repairs.ts';

/**
 * A configuration file is read with YAML's failsafe schema: every scalar reaches these definitions as the text that
 * was written, so that `no`, `1e3` or `12:30` stay what they are. What a scalar means is decided here.
 *
 * An editor reads the same file with the core schema; `asWritten` holds what the JSON Schema must say to it.
 */
export const asWritten = z.registry<z.core.JSONSchema.BaseSchema>();

/** A refinement: the text has none of the characters of which `forbidden` finds the first. */
const without = (forbidden: (text: string) => string | undefined) =>
  [
    (written: string) => forbidden(written) === undefined,
    {
      error: ({ input }: { readonly input?: unknown }) =>
        `must be text without the character ${forbidden(String(input))}`,
    },
  ] as const;

/** One definition for all that have it: most of the time of a short run goes into making them. */
function shared<Schema extends z.ZodType>(make: () => Schema): () => Schema {
  let made: Schema | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

/** Text that reaches a pod or the collector exactly as written. */
export const text = shared(() =>
  z
    .string()
    .refine(...without(unstorableCharacter))
    .register(asWritten, { type: ['string', 'number', 'boolean', 'null'] }),
);

/** Longer than any name, path or address, and far below what the annotations of an object may hold together. */
const maximumLineLength = 4096;

/** Text that may not be empty: a name, a path or the like, so it is one line. */
export const nonEmptyText = shared(() =>
  z
    .string()
    .min(1, 'must not be empty')
    .max(maximumLineLength, `must be at most ${maximumLineLength} characters long`)
    .regex(/^(\S(.*\S)?)?$/, 'must be one line without spaces around it')
    .refine((written) => !/[^\s -~\u00a0-\uffff]/.test(written), 'must have no control characters')
    .refine(...without(unstorableCharacter))
    .register(asWritten, { type: ['string', 'number', 'boolean'], minLength: 1, maxLength: maximumLineLength })
    .register(repairs, { repair: (written) => written.trim().replaceAll(/\s*\n\s*/g, ' ') }),
);

/** Text of one shape. `shape` completes "must be …". */
export const textLike = (pattern: RegExp, shape: string, repair: Repair['repair'] = (written) => written.trim()) =>
  z
    .string()
    .max(maximumLineLength, `must be at most ${maximumLineLength} characters long`)
    .regex(pattern, `must be ${shape}`)
    .refine(...without(controlCharacter))
    .register(asWritten, writtenLike(pattern))
    .register(repairs, { repair });

/** Patterns are compiled when they are used first, which few are in a run: only the JSON Schema wants all of them. */
const writtenLike = (pattern: RegExp): z.core.JSONSchema.BaseSchema => ({
  get type() {
    return coreTypes(pattern);
  },
  get pattern() {
    return pattern.source;
  },
});

/** A text of this shape may be a number to an editor when it stands there without quotes. */
const coreTypes = (pattern: RegExp): 'string' | ('string' | 'number')[] =>
  pattern.test('1') ? ['string', 'number'] : 'string';

/** A whole number between two bounds, both included. `meaning` completes "must be …". */
export const integer = (minimum: number, maximum: number, meaning = 'a whole number') => {
  const range = `must be ${meaning} from ${minimum} to ${maximum}`;
  return z
    .string()
    .regex(/^(0|[1-9]\d{0,9})$/, range)
    .transform(Number)
    .refine((value) => value >= minimum && value <= maximum, range)
    .register(asWritten, { type: 'integer', minimum, maximum })
    .register(repairs, { repair: asInteger });
};

/** `true` or `false`, nothing else: YAML 1.1's `yes` and `on` are refused rather than guessed. */
export const flag = shared(() =>
  z
    .string()
    .regex(/^(true|false)$/, 'must be true or false')
    .transform((value) => value === 'true')
    .register(asWritten, { type: 'boolean' })
    .register(repairs, { repair: asFlag }),
);

/** @see https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#dns-label-names */
export const dnsLabel = shared(() =>
  textLike(
    /^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/,
    'a DNS label: lower-case letters, digits and "-", a letter first, at most 63 characters',
    asDnsLabel,
  ),
);

/** @see https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#dns-subdomain-names */
export const dnsSubdomain = shared(() =>
  textLike(
    /^(?=.{1,253}$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*$/,
    'a DNS name: lower-case letters, digits, "-" and ".", at most 253 characters',
    asDnsName,
  ),
);

/** Name of an environment variable that every shell and the kubelet accept. */
export const environmentVariableName = shared(() =>
  textLike(
    variableNamePattern,
    'an environment variable name: letters, digits and "_", no digit first',
    asVariableName,
  ),
);

/** @see https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/ */
export const quantity = (example: string) =>
  textLike(/^\d+(\.\d+)?(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$/, `a Kubernetes quantity such as ${example}`, asQuantity);

/** Absolute path inside a container or of a URL. */
export const absolutePath = shared(() =>
  textLike(/^\/[^\s:\p{Cc}\p{Cf}]*$/u, 'an absolute path, "/" first', asAbsolutePath),
);

const millisecondsOf = new Map([
  ['ms', 1],
  ['s', 1000],
  ['m', 60_000],
  ['h', 3_600_000],
]);

/** Less would keep asking, and a controller that asks less than once a year might as well be off. */
const durationRange = { least: 1000, most: 8760 * 3_600_000, text: 'must be a duration from 1s to 8760h' };

/** A time such as `90s`, `5m` or `1h`, after which something is done again. */
export const duration = () =>
  textLike(/^([0-9]+(ms|s|m|h))+$/, 'a duration such as 30s, 5m or 1h').refine((written) => {
    const parts = [...written.matchAll(/(\d+)([a-z]*)/g)];
    const total = parts.reduce(
      (sum, [, amount, unit = '']) => sum + Number(amount) * (millisecondsOf.get(unit) ?? 0),
      0,
    );
    return total >= durationRange.least && total <= durationRange.most;
  }, durationRange.text);
