import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { dump, load as parse } from 'js-yaml';
import { expect, test } from 'vitest';
import { isWarning } from '../../lib/problems/problem.ts';
import { type Mapping, mappingAt } from '../../lib/yaml/value.ts';
import { systemFile } from '../config/system-file.ts';
import { countValues, replacedValue } from '../support/replaced-value.ts';
import { synthesizedSystem } from './support/synthesized-system.ts';

const { check, load } = systemFile();

/** A configuration with nearly everything that one can hold. */
const whole: unknown = parse(readFileSync(new URL('fixtures/system.yaml', import.meta.url), 'utf8'));

const changed = (keys: Mapping, collector: Mapping = mappingAt(whole, 'collector')): unknown => ({
  ...mappingAt({ whole }, 'whole'),
  ...keys,
  collector,
});

/** The same by the chart, which knows no export of its own. */
const { delivery, export: _, ...chart } = mappingAt(whole, 'collector');
const issuer = { certManager: { name: 'letsencrypt' } };

const systems = [
  whole,
  changed({ gitops: { tool: 'argo-cd', repository: 'https://git.example.com/shop', path: 'dist' } }, chart),
  changed({ gitops: { tool: 'k3s' }, ingress: { ...mappingAt(whole, 'ingress'), certificate: issuer } }, chart),
];

/** Values as YAML writes them, each wrong in most places and right in some. */
const scalars = [
  ...['null', '""', '0', '5', '-1', '1.5', '1e400', '.nan', '12345678901234567890', 'true', '2001-12-14'],
  ...['constructor', 'toString', 'then', 'length', '__proto__', 'default', 'kube-system', 'a--b', '0s', '/', '/a/../b'],
  ...['"a\\0b"', '"\\ud800"', '"a\\x07b"', '"a\\nb"', '" a"', 'é', "it's", '"a: b #"', '"$$"', '"${env:X}"', '"$(X)"'],
  ...['"{{ .X }}"', '"http://x:99999"', '99999999999Ei', '"a,b=c%zz+d"', '!!binary aGVsbG8=', '!!int a', '*a', '&a b'],
  ...[63, 64, 253, 254, 5000].map((length) => 'a'.repeat(length)),
];
const collections = [
  ...['[]', '{}', '[null]', '[[]]', '[1]', '[constructor]', '{ name: null }', '{ constructor: a }', '{ then: {} }'],
  ...['{ __proto__: a }', '{ <<: { a: 1 } }', '{ ? [ a ] : b }', '&a [ *a ]', '{ "a\\0": b }', '{ "": b }'],
];

const mutation = fc.record({
  system: fc.constantFrom(...systems),
  at: fc.nat(),
  by: fc.constantFrom(...scalars, ...collections),
});

/** A configuration is understood or refused; what is neither is a defect. */
function expectAnswer(text: string): void {
  const problems = check(text);
  for (const { code, message, suggestion, place } of problems) {
    expect(code).toMatch(/^config\/[a-z-]+$/);
    expect(`${message} ${suggestion}`).toMatch(/^[^\p{Cc}\p{Cs}]+$/u);
    expect(`${message} ${suggestion}`).not.toMatch(/\bundefined\b|\[object|native code/);
    expect(place?.line).toBeGreaterThan(0);
  }
  if (problems.every(isWarning)) {
    synthesizedSystem(load(text));
  }
}

test.each([0, 1, 2])('configuration %d, which the others are made of, is valid', (index) => {
  const text = dump(systems[index]);
  expect(check(text)).toEqual([]);
  expectAnswer(text);
});

test('a configuration with another value anywhere is checked and synthesized, or refused', () => {
  fc.assert(
    fc.property(mutation, ({ system, at, by }) => {
      const replaced = replacedValue(system, at % countValues(system), '@@');
      expectAnswer(dump(replaced, { noRefs: true }).replaceAll(/(['"])@@\1/g, () => by));
    }),
    { numRuns: 300 },
  );
}, 240_000);
