import { expect, test } from 'vitest';
import { verificationHtml } from '../../../lib/verify/output/html.ts';
import { elementsOf } from '../../html/elements.ts';
import { verificationOf } from '../support/small-verification.ts';

const hostile = '"><script>alert(1)</script><img src=x onerror=alert(1)>\u202e\' --> ]]> </style></title>';

test('a hostile name in the page is text: the page has the same elements as with a plain name', () => {
  expect(elementsOf(verificationHtml(verificationOf(hostile)))).toEqual(
    elementsOf(verificationHtml(verificationOf('api'))),
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
