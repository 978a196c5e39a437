import type { FoundSecret } from './found-secret.ts';

const runs = /[A-Za-z0-9_.-]{20,}/g;

/** `{"` in base64, with which every part but the signature begins. */
const begin = 'eyJ';

/** JSON Web Tokens, signed and encrypted: parts in base64 with dots between them. */
export function webTokens(text: string): FoundSecret[] {
  return text.includes(begin) ? [...text.matchAll(runs)].flatMap(({ 0: run, index }) => tokensOf(run, index)) : [];
}

function tokensOf(run: string, offset: number): FoundSecret[] {
  const parts = run.split('.');
  const found: FoundSecret[] = [];
  let at = offset;
  for (const [index, part] of parts.entries()) {
    const header = part.indexOf(begin);
    const others = parts.slice(index + 1, index + 5);
    const isToken = header >= 0 && part.length - header > 10 && (others[0]?.startsWith(begin) || others.length === 4);
    if (isToken) {
      const length = (others[0]?.startsWith(begin) ? others.slice(0, 2) : others).join('.').length;
      found.push({ what: 'a JSON Web Token', start: at + header, end: at + part.length + 1 + length, byForm: true });
    }
    at += part.length + 1;
  }
  return found;
}
