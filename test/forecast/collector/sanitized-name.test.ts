import { expect, test } from 'vitest';
import { withSanitizedName } from '../../../lib/forecast/collector/sanitized-name.ts';
import { span } from '../support.ts';

// What the collector's own library answers, where no word looks random to it.
test.each([
  ['/v1/products/22j', '/v1/products/*'],
  ['/products//org/3', '/products//org/*'],
  ['GET /orders/{id}', 'GET /orders/*'],
  ['GET /api/cart?sessionId=55f4e5ea', 'GET /api/cart'],
  ['/a/b/c/d/e/f/g/h/i/j', '/a/b/c/d/e/f/g/h/i'],
  ['/v1/k6-test-runs/1', '/v1/k6-test-runs/*'],
  ['/user_space/', '/user_space/'],
  ['/käse/brot', '/*/brot'],
  ['/w/index.php/*', '/w/index.php/*'],
])('%s is counted as %s', (name, sanitized) => {
  expect(withSanitizedName(span(name)).name).toBe(sanitized);
});

test.each([
  ['of another kind', span('job/17', { kind: 'INTERNAL' })],
  ['that is about no URL', span('task 17')],
  ['of which nothing would be left', span('/17')],
  ['that would be empty', span('/?', { name: '?/' })],
])('a name %s stays', (_, given) => {
  expect(withSanitizedName(given)).toEqual(given);
});

test('a name without a slash is one of a URL where the span is HTTP', () => {
  expect(withSanitizedName(span('GET v12', { attributes: { 'http.method': 'GET' } })).name).toBe('GET v12');
  expect(withSanitizedName(span('orders/v12', { kind: 'CLIENT' })).name).toBe('orders/*');
});
