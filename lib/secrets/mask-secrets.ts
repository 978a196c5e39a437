import { literalSecret } from './literal-secret.ts';

/** As long as what it hides, so that columns stay right. */
const mask = (secret: string): string => '*'.repeat(secret.trimEnd().length).padEnd(secret.length);

const keyAndValue = /([\w.-]+)(["']?\s*[:=]\s*)("[^"]*"|'[^']*'|[^\s,{}[\]"'#][^,}\]#]*)/g;

const keyAndList = /([\w.-]+)(["']?\s*[:=]\s*)(\[[^\]]*\]?)/g;

/** A line of a file as it may be shown: whatever looks like a secret is replaced. */
export function maskSecrets(line: string): string {
  const listed = line.replaceAll(keyAndList, (whole: string, key: string, separator: string, list: string) =>
    literalSecret(key, list.slice(1)) === undefined ? whole : key + separator + mask(list),
  );
  return maskNamed(listed).replaceAll(/[^\s"',[\]{}]+/g, (token) =>
    literalSecret('', token) === undefined ? token : mask(token),
  );
}

/** `ERROR: password: x` has a key in the value of another. */
const maskNamed = (text: string): string =>
  text.replaceAll(
    keyAndValue,
    (_, key: string, separator: string, value: string) =>
      key + separator + (literalSecret(key, unquoted(value)) === undefined ? maskNamed(value) : mask(value)),
  );

const unquoted = (value: string): string => value.trim().replace(/^(["'])(.*)\1$/, '$2');
