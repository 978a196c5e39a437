import { CORE_SCHEMA, type Schema, Type } from 'js-yaml';

/** `<<`, which YAML's core schema does not know and every reader here does. */
const mergeKey = new Type('tag:yaml.org,2002:merge', { kind: 'scalar', resolve: (text) => text === '<<' });

/** Each word as it is, capitalized, and in upper case. */
const words = new Map(
  [
    { value: true, spelled: ['y', 'yes', 'on', 'true'] },
    { value: false, spelled: ['n', 'no', 'off', 'false'] },
  ].flatMap(({ value, spelled }) =>
    spelled.flatMap((word) =>
      [word, `${word.charAt(0).toUpperCase()}${word.slice(1)}`, word.toUpperCase()].map(
        (text) => [text, value] as const,
      ),
    ),
  ),
);

const bool = new Type('tag:yaml.org,2002:bool', {
  kind: 'scalar',
  resolve: (text) => words.has(text),
  construct: (text: string) => words.get(text),
});

const nine = 0x39;

const integer = /^([-+]?)(?:0b([01_]+)|0x([\da-f_]+)|0o?([0-7_]+)|(0|[1-9][\d_]*))$/i;

const int = new Type('tag:yaml.org,2002:int', {
  kind: 'scalar',
  // Most texts in manifests begin with a letter.
  resolve: (text: unknown) => typeof text === 'string' && text.charCodeAt(0) <= nine && integer.test(text),
  construct: (text: string) => integerOf(text),
});

function integerOf(text: string): number {
  const [, sign, ...digits] = integer.exec(text) ?? [];
  const index = digits.findIndex((found) => found !== undefined);
  const radix = [2, 16, 8, 10][index] ?? 10;
  const value = Number.parseInt((digits[index] ?? '').replaceAll('_', ''), radix);
  return sign === '-' ? -value : value;
}

/**
 * What kubectl and helm read: `yes` and `on` are true, `012` is ten, and `2001-01-01` stays text.
 *
 * @see https://github.com/kubernetes-sigs/yaml
 */
export const kubernetesSchema: Schema = CORE_SCHEMA.extend({ implicit: [mergeKey, bool, int] });

/** What a collector reads of its own configuration, where `yes` is text. */
export const collectorYamlSchema: Schema = CORE_SCHEMA.extend({ implicit: [mergeKey] });
