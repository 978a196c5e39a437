/** An attribute that a container must have in `OTEL_RESOURCE_ATTRIBUTES`. */
export interface WantedAttribute {
  readonly key: string;
  /** As it is written, with `$(NAME)` for what the kubelet expands. */
  readonly value: string;
  /**
   * Values that the process may see.
   *
   * @default - any value that stands there is kept
   */
  readonly right?: readonly string[];
}

/** The value of `OTEL_RESOURCE_ATTRIBUTES` with what was missing or wrong. */
export interface MergedAttributes {
  readonly text: string;
  /** Keys that stand behind the text that was there. */
  readonly appended: readonly string[];
  readonly corrected: readonly { readonly key: string; readonly from: string; readonly to: string }[];
  /** Pairs that not every SDK reads. */
  readonly malformed: readonly string[];
}

export const isSafeKey = (key: string): boolean => /^[A-Za-z0-9._/-]+$/.test(key) && key.length <= 255;

/**
 * Adds to the text of `OTEL_RESOURCE_ATTRIBUTES` what is missing, and corrects what names another pod.
 *
 * @param asSeen what the process sees of a value
 * @see https://opentelemetry.io/docs/specs/otel/resource/sdk/#specifying-resource-information-via-an-environment-variable
 */
export function mergeAttributes(
  written: string,
  wanted: readonly WantedAttribute[],
  asSeen: (value: string) => string,
): MergedAttributes {
  const corrected: { key: string; from: string; to: string }[] = [];
  const pairs = written.split(',').map((pair) => {
    const { key, value } = pairOf(pair);
    const attribute = wanted.find((candidate) => candidate.key === key);
    if (attribute?.right === undefined || attribute.right.includes(asSeen(value))) {
      return pair;
    }
    corrected.push({ key, from: value, to: attribute.value });
    return `${/^\s*/.exec(pair)?.[0] ?? ''}${key}=${attribute.value}`;
  });
  const present = new Set(pairs.map((pair) => pairOf(pair).key));
  const missing = wanted.filter(({ key }) => !present.has(key));
  const text = corrected.length === 0 ? written : pairs.join(',');
  const added = missing.map(({ key, value }) => `${key}=${value}`).join(',');
  const separator = text.trim() === '' || text.trimEnd().endsWith(',') || added === '' ? '' : ',';
  return {
    text: `${text.trim() === '' && added !== '' ? '' : text}${separator}${added}`,
    appended: missing.map(({ key }) => key),
    corrected,
    malformed: pairs.filter((pair) => !isReadable(pair)),
  };
}

/** The pairs that a value of `OTEL_RESOURCE_ATTRIBUTES` holds, as they are written. */
export const attributeKeys = (written: string): string[] => written.split(',').map((pair) => pairOf(pair).key);

/** The value of one attribute, as it is written. */
export const attributeIn = (written: string, key: string): string | undefined =>
  written
    .split(',')
    .map(pairOf)
    .find((pair) => pair.key === key)?.value;

function pairOf(pair: string): { readonly key: string; readonly value: string } {
  const at = pair.indexOf('=');
  return at < 0 ? { key: pair.trim(), value: '' } : { key: pair.slice(0, at).trim(), value: pair.slice(at + 1).trim() };
}

/** JavaScript throws the whole variable away for one pair that is none. */
function isReadable(pair: string): boolean {
  const { key, value } = pairOf(pair);
  // A variable may hold pairs of its own.
  return /^(\$\([^)]*\))?$/.test(pair.trim()) || (pair.includes('=') && key !== '' && !value.includes('='));
}

/** A value without the pairs of some keys. */
export const withoutAttributes = (written: string, keys: readonly string[]): string =>
  written
    .split(',')
    .filter((pair) => !keys.includes(pairOf(pair).key))
    .join(',');
