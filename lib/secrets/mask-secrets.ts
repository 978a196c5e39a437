import { findSecrets } from './find-secrets.ts';

/**
 * A text as it may be shown: each character of a secret is replaced by `*`, so that lines and columns stay where they
 * are.
 *
 * @param name name of the variable or key that holds the text; empty when it has none
 */
export function maskSecrets(text: string, name = ''): string {
  let masked = '';
  let from = 0;
  for (const { start, end } of findSecrets(text, name)) {
    masked += text.slice(from, start) + text.slice(start, end).replaceAll(/[^\r\n]/g, '*');
    from = end;
  }
  return from === 0 ? text : masked + text.slice(from);
}

/**
 * A copy of plain data in which every text is as it may be shown: a `value` by the `name` beside it, and the name of a
 * `file` as it is.
 *
 * @param mask what makes a text fit to be shown
 */
export function maskTexts<Data>(data: Data, mask: typeof maskSecrets = maskSecrets): Data {
  const copy = structuredClone(data);
  maskWithin(copy, mask);
  return copy;
}

function maskWithin(value: unknown, mask: typeof maskSecrets): void {
  if (typeof value !== 'object' || value === null) {
    return;
  }
  for (const [key, item] of Object.entries(value)) {
    if (typeof item !== 'string') {
      maskWithin(item, mask);
    } else if (key !== 'file') {
      const name = key === 'value' && 'name' in value && typeof value.name === 'string' ? value.name : '';
      Reflect.set(value, key, mask(item, name));
    }
  }
}
