import type { SourceDocument } from '../../../yaml/source-document.ts';

/** Whether a top-level key is there for YAML's sake: to hold what other places refer to, or by its name an extension. */
export function holdsAnchors({ text }: SourceDocument, key: string): boolean {
  if (/^(x-|[._])/.test(key)) {
    return true;
  }
  const lines = text.split('\n');
  const first = lines.findIndex((line) => line.replace(/^["']/, '').startsWith(key) && /^\S+\s*:/.test(line));
  const rest = lines.slice(first + 1);
  const length = rest.findIndex((line) => /^[^\s#-]/.test(line));
  const block = [lines[first] ?? '', ...(length < 0 ? rest : rest.slice(0, length))];
  return block.some((line) => /(^|[\s:[-])&[\w-]+/.test(line.replace(/(^|\s)#.*$/, '')));
}
