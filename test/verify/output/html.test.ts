import { DOMParser } from '@xmldom/xmldom';
import { expect, test } from 'vitest';
import { verificationHtml } from '../../../lib/verify/output/html.ts';
import { verificationOf } from '../support/small-verification.ts';

const hostile = '"><script>alert(1)</script><img src=x onerror=alert(1)>\u202e\' --> ]]> </style></title>';

/** Elements of a page by their names. */
function elements(page: string): Map<string, number> {
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

test('a hostile name in the page is text: the page has the same elements as with a plain name', () => {
  expect(elements(verificationHtml(verificationOf(hostile)))).toEqual(
    elements(verificationHtml(verificationOf('api'))),
  );
});

test('the page has no script, names no address, and allows itself nothing but its style', () => {
  const page = verificationHtml(verificationOf(hostile));
  expect(page).not.toMatch(/<script|https?:\/\/|url\(|@import|\u202e/i);
  expect(page).toMatch(/Content-Security-Policy" content="default-src &#39;none&#39;; style-src &#39;sha256-/);
});

test('the page shows the headline, the cut path and the table', () => {
  const page = verificationHtml(verificationOf('api'));
  expect(page).toContain('api breaks at hop 2 (applied): api is not there');
  expect(page).toContain('To mend it: <code>run: kubectl apply -f api</code>');
  expect(page).toContain('<li class="broken cut">');
  expect(page).toContain('<td class="broken"><span role="img" aria-label="broken">✗</span></td>');
});
