import fc from 'fast-check';
import { expect, test } from 'vitest';
import { escapeVariableReferences } from '../../lib/telemetry/downward-variables.ts';
import { expandAsKubelet } from '../support/expand-as-kubelet.ts';

test('escaped text arrives in the container as it was written', () => {
  const text = fc.string({ unit: fc.constantFrom('$', '(', ')', 'A', 'b', ' ') });
  fc.assert(
    fc.property(text, (value) => {
      expect(expandAsKubelet(escapeVariableReferences(value), new Map([['A', 'expanded']]))).toBe(value);
    }),
  );
});

test('text without a reference is left alone', () => {
  expect(escapeVariableReferences('costs 5$ and ${HOME}')).toBe('costs 5$ and ${HOME}');
});
