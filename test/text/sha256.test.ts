import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { sha256 } from '../../lib/text/sha256.ts';

test.each(['', 'text', 'é\ud800', 'a'.repeat(5000)])('a digest of %j is that of node:crypto', (text) => {
  expect(sha256(text)).toBe(createHash('sha256').update(text).digest('hex'));
});
