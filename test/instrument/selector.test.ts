import { expect, test } from 'vitest';
import { instrumentSchema } from '../../lib/config/schema/instrument.ts';
import { parseLabelSelector } from '../../lib/instrument/selector.ts';

const isConfigurable = (labels: string): boolean => instrumentSchema.safeParse({ select: { labels } }).success;

const labels = { app: 'web', tier: 'front', 'app.kubernetes.io/name': 'web' };

test.each([
  ['app=web', true],
  ['app==web,tier!=cache', true],
  ['app!=web', false],
  ['missing!=x', true],
  ['app in (web, api),tier notin (cache)', true],
  ['app notin (web)', false],
  ['app.kubernetes.io/name', true],
  ['!app', false],
  ['!missing', true],
  ['constructor', false],
  ['', true],
])('%s selects: %s', (selector, expected) => {
  expect(parseLabelSelector(selector)(labels)).toBe(expected);
  expect(isConfigurable(selector)).toBe(selector !== '');
});

test.each(['app in web', 'app=a=b', '=web', 'app>3'])('%s is refused', (selector) => {
  expect(() => parseLabelSelector(selector)).toThrow(/is no requirement of a label selector/);
  expect(isConfigurable(selector)).toBe(false);
});
