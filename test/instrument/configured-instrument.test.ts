import { expect, test } from 'vitest';
import { instrumentSchema } from '../../lib/config/schema/instrument.ts';
import { configuredInstrument } from '../../lib/instrument/configured-instrument.ts';

const configured = (instrument: object, selector?: string) =>
  configuredInstrument({ environment: 'production', instrument: instrumentSchema.parse(instrument) }, selector);

const object = { kind: 'Deployment', metadata: { name: 'web', labels: { tier: 'front' } } };

test.each<[string, object, string | undefined, boolean]>([
  ['without a selection', {}, undefined, true],
  ['selected by name', { select: { names: ['web'] } }, undefined, true],
  ['selected by kind and name', { select: { names: ['Deployment/web'] } }, undefined, true],
  ['of another kind than the selected one', { select: { names: ['Job/web'] } }, undefined, false],
  ['selected by label', { select: { labels: 'tier=front' } }, undefined, true],
  ['selected by label where the names are others', { select: { names: ['api'], labels: 'tier' } }, undefined, true],
  ['of other labels than the selected ones', { select: { labels: 'tier=back' } }, undefined, false],
  ['excluded by name', { exclude: { names: ['web'] } }, undefined, false],
  ['excluded by label', { exclude: { labels: 'tier in (front)' } }, undefined, false],
  ['selected and excluded', { select: { names: ['web'] }, exclude: { labels: 'tier' } }, undefined, false],
  ['selected by the command line', { select: { names: ['api'] } }, 'tier=front', true],
  ['not selected by the command line', { select: { names: ['web'] } }, 'tier=back', false],
  ['selected by the command line and excluded', { exclude: { names: ['web'] } }, 'tier=front', false],
])('an object %s is meant or not', (_, instrument, selector, expected) => {
  expect(configured(instrument, selector).selects(object)).toBe(expected);
});

test('the language of a kind and name comes before that of a name', () => {
  const { languageOf } = configured({ languages: { web: 'ruby', 'Job/web': 'php' } }).context;
  expect([languageOf?.('Deployment', 'web'), languageOf?.('Job', 'web'), languageOf?.('Job', 'api')]).toEqual([
    'ruby',
    'php',
    undefined,
  ]);
});
