import { DOMParser } from '@xmldom/xmldom';

/** Elements of a page by their names. */
export function elementsOf(page: string): ReadonlyMap<string, number> {
  const xml = page
    .replace('<!doctype html>\n', '')
    .replaceAll(/<(meta|br)([^>]*)>/g, '<$1$2/>')
    .replaceAll('<details open>', '<details open="open">');
  const document = new DOMParser({
    onError: (level, message) => {
      throw new Error(`${level}: ${message}`);
    },
  }).parseFromString(xml, 'text/xml');
  const counts = new Map<string, number>();
  for (const element of Array.from(document.getElementsByTagName('*'))) {
    counts.set(element.tagName, (counts.get(element.tagName) ?? 0) + 1);
  }
  return counts;
}
