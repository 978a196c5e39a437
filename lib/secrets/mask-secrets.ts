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
