import type { SourceDocument } from '../../../yaml/source-document.ts';

const known = new WeakMap<SourceDocument, ReadonlySet<string>>();

/** Whether a top-level key is there for YAML's sake: to hold what other places refer to, or by its name an extension. */
export function holdsAnchors(document: SourceDocument, key: string): boolean {
  if (/^(x-|[._])/.test(key)) {
    return true;
  }
  const keys = known.get(document) ?? keysWithAnchors(document.text);
  known.set(document, keys);
  return keys.has(key);
}

/** Top-level keys of a block mapping in whose values an anchor stands. */
function keysWithAnchors(text: string): Set<string> {
  const keys = new Set<string>();
  let key = '';
  for (const line of text.split('\n')) {
    if (/^[^\s#-]/.test(line)) {
      key = /^(["']?)(\S+?)\1\s*:(?=\s|$)/.exec(line)?.[2] ?? '';
    }
    if (/(^|[\s:[-])&[\w-]+/.test(withoutComment(line))) {
      keys.add(key);
    }
  }
  return keys;
}

function withoutComment(line: string): string {
  const start = line.search(/(^|\s)#/);
  return start < 0 ? line : line.slice(0, start);
}
