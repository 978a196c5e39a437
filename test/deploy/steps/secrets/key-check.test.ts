import { expect, test } from 'vitest';
import {
  isPersonalKey,
  managementKey,
  sendYourDataKey,
  wrongKey,
} from '../../../../lib/deploy/steps/secrets/key-check.ts';

const key = 'cxtp_Abcdefghij0123456789Abcdefghij';

test.each([key, '7c8b1a52-0d3f-4a1e-9a57-2f1de4f6b0aa'])('a key is fine: %s', (value) => {
  expect(wrongKey(value, sendYourDataKey)).toBeUndefined();
});

test.each([
  [`${key}\n`, 'ends with a line break'],
  [` ${key}`, 'begins with white space'],
  [`"${key}"`, 'has quotation marks around it'],
  ['<YOUR_KEY>', 'is a placeholder'],
  ['your-send-your-data-key', 'is a placeholder'],
  ['sk-proj0123456789abcdef', 'is an API key that begins with sk-'],
  [`Bearer ${key}`, 'begins with Bearer'],
  ['Abcdefghij/0123456789+Abcde==', 'has characters that no Send-Your-Data key has'],
  ['abc123', 'is too short for a Send-Your-Data key'],
])('%j is reported without the value', (value, reason) => {
  const wrong = wrongKey(value, sendYourDataKey);
  expect(wrong?.reason).toBe(reason);
  expect(JSON.stringify(wrong)).not.toContain(value.trim());
});

test('a management key is checked as such', () => {
  expect(wrongKey('abc123', managementKey)).toEqual({
    reason: 'is too short for a management key',
    remedy: 'create one in Coralogix in Settings, API Keys, with the presets Alerts and SLO',
  });
});

test('the key of a person is known by its beginning', () => {
  expect([isPersonalKey('cxup_Abcdefghij0123456789'), isPersonalKey(key)]).toEqual([true, false]);
});
