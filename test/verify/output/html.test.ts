import { DOMParser } from '@xmldom/xmldom';
import { expect, test } from 'vitest';
import { broken, proven } from '../../../lib/verify/check.ts';
import { hops } from '../../../lib/verify/hop.ts';
import { verificationHtml } from '../../../lib/verify/output/html.ts';
import { headlineOf, rowOf } from '../../../lib/verify/verdict.ts';
import type { Verification } from '../../../lib/verify/verification.ts';

const hostile = '"><script>alert(1)</script><img src=x onerror=alert(1)>\u202e\' --> ]]> </style></title>';

function verification(name: string): Verification {
  const checks = [
    proven('manifest/path', 'holds'),
    broken('applied/objects', `${name} is not there`, {
      remedy: `run: kubectl apply -f ${name}`,
      place: { file: name, line: 1, column: 1 },
      evidence: [{ message: name }],
    }),
  ];
  const rows = [rowOf({ name, isSystem: false, workload: name, checks }, hops)];
  return {
    time: '2026-01-01T00:00:00.000Z',
    sources: [{ name, description: name }],
    hops,
    rows,
    headline: headlineOf(rows),
  };
}

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
  expect(elements(verificationHtml(verification(hostile)))).toEqual(elements(verificationHtml(verification('api'))));
});

test('the page has no script, names no address, and allows itself nothing but its style', () => {
  const page = verificationHtml(verification(hostile));
  expect(page).not.toMatch(/<script|https?:\/\/|url\(|@import|\u202e/i);
  expect(page).toMatch(/Content-Security-Policy" content="default-src &#39;none&#39;; style-src &#39;sha256-/);
});

test('the page shows the headline, the cut path and the table', () => {
  const page = verificationHtml(verification('api'));
  expect(page).toContain('api breaks at hop 2 (applied): api is not there');
  expect(page).toContain('To mend it: <code>run: kubectl apply -f api</code>');
  expect(page).toContain('<li class="broken cut">');
  expect(page).toContain('<td class="broken"><span role="img" aria-label="broken">✗</span></td>');
});
