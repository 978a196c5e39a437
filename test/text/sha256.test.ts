import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { computedDigest, sha256 } from '../../lib/text/sha256.ts';

const slowly = (text: string): string => createHash('sha256').update(text).digest('hex');

test('a digest is that of node:crypto, around the length of each block', () => {
  const lengths = [...Array.from({ length: 200 }, (_, length) => length), 1023, 1024, 1025, 5000];
  const texts = lengths.flatMap((length) => ['a'.repeat(length), 'é\ud800'.repeat(length).slice(0, length)]);
  expect(texts.map(computedDigest)).toEqual(texts.map(slowly));
});

test('a digest of any text is that of node:crypto', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 1200 }), (text) => {
      expect([computedDigest(text), sha256(text), sha256(text)]).toEqual(Array.from({ length: 3 }, () => slowly(text)));
    }),
  );
});
