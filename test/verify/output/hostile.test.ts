import { expect, test } from 'vitest';
import { printable } from '../../../lib/cli/printer.ts';
import { verificationHtml } from '../../../lib/verify/output/html.ts';
import { verificationJson, verificationSchema } from '../../../lib/verify/output/json.ts';
import { verificationJunit } from '../../../lib/verify/output/junit.ts';
import { verificationText } from '../../../lib/verify/output/render-text.ts';
import { everyHostile, expectHarmless, hostile } from '../../support/hostile.ts';
import { verificationOf } from '../support/small-verification.ts';

const verification = verificationOf(everyHostile);

test.each([
  ['text', verificationText(verification, { verbose: true })],
  ['junit', verificationJunit(verification)],
  ['a page', verificationHtml(verification)],
])('%s holds nothing that a terminal or a CI runner obeys', (_, written) => {
  expectHarmless(printable(written, { colour: false }));
});

test('JSON holds nothing of it either, and the name as it is', () => {
  const json = verificationJson(verification);
  expectHarmless(json);
  expect(verificationSchema.parse(JSON.parse(json)).rows[0]?.name).toBe(everyHostile);
});

test.each(Object.entries(hostile))('a name that %s leaves the table with one line a service', (_, name) => {
  const lines = verificationText(verificationOf(name), { verbose: false }).split('\n');
  expect(lines.filter((line) => line.endsWith('✓   ✗'))).toHaveLength(1);
});
