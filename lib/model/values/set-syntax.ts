import type { Path } from '../../yaml/value.ts';

/**
 * The path that a name of `helm --set` means: dots part keys, `\.` is a dot of a key, `[0]` is an index.
 *
 * @see https://helm.sh/docs/intro/using_helm/#the-format-and-limitations-of---set
 */
export function setPath(name: string): Path {
  const keys = name.match(/(?:\\.|[^.\\])+/g) ?? [];
  return keys.flatMap((key): Path => {
    const [, bare = key, indexes = ''] = /^(.*?)((?:\[\d+\])*)$/s.exec(key) ?? [];
    const numbers = (indexes.match(/\d+/g) ?? []).map(Number).map((index) => Math.min(index, maximumIndex));
    return [bare.replaceAll(/\\(.)/g, '$1'), ...numbers];
  });
}

/** The largest index that helm accepts. */
const maximumIndex = 65_536;

/** The value that a text of `helm --set` means. */
export function setValue(text: string): unknown {
  if (text.startsWith('{') && text.endsWith('}')) {
    const inner = text.slice(1, -1);
    return inner === '' ? [] : inner.split(/(?<!\\),/).map((entry) => scalar(unescaped(entry)));
  }
  return scalar(unescaped(text));
}

const unescaped = (text: string): string => text.replaceAll(/\\(.)/g, '$1');

function scalar(text: string): unknown {
  if (text === 'true' || text === 'false') {
    return text === 'true';
  }
  if (text === 'null') {
    return null;
  }
  return /^(0|-?[1-9]\d{0,14})$/.test(text) ? Number(text) : text;
}
