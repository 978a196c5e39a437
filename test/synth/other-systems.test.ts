import { expect, test } from 'vitest';
import { otherSystems } from '../../lib/synth/other-systems.ts';

const paths = Array.from({ length: 22 }, (_, index) => `30-${index}.yaml`);

test('of many files of another system some are named, and how many there are', () => {
  const others = new Map(paths.map((path) => [path, 'web']));
  const [problem] = otherSystems({ output: 'dist', system: 'shop', taken: paths, owned: { others } });
  expect(problem?.message).toMatch(/: 30-0\.yaml, .*30-19\.yaml and 2 more$/);
});

test('a system that was renamed takes its list along', () => {
  const others = new Map([['a.yaml', 'web']]);
  const [problem] = otherSystems({ output: 'dist', system: 'shop', taken: ['a.yaml'], owned: { others } });
  expect(problem?.suggestion).toBe(
    'choose another folder with --output DIR; if web is now called shop, rename dist/.podhost/web to shop',
  );
});

test('a system that has a list of its own was not renamed', () => {
  const others = new Map([['a.yaml', 'web']]);
  const owned = { others, list: { text: '', paths: new Set<string>(), stamp: '' } };
  const [problem] = otherSystems({ output: 'dist', system: 'shop', taken: ['a.yaml'], owned });
  expect(problem?.suggestion).toBe(
    'choose another folder with --output DIR; if web no longer exists, remove dist/.podhost/web',
  );
});
