import { expect, test } from 'vitest';
import { uniqueVariable as rule } from '../../../lib/lint/rules/unique-variable.ts';
import { fixed, lintText, placeOf, report } from './support/lint-text.ts';
import { deployment, field, literal } from './support/manifests.ts';

test('reports a variable that is declared twice, and keeps the last one', () => {
  const text = deployment({
    env: `${literal('A', 'first')}# whose\n${literal('LEVEL', 'debug')}${literal('B', '1')}${literal('LEVEL', 'info')}`,
  });
  expect(report(rule, text)).toEqual([
    {
      at: `app.yaml:${placeOf(text, 'name: LEVEL')}`,
      message: 'container app of Deployment api declares LEVEL 2 times',
      suggestion: 'remove all but the last one',
    },
  ]);
  expect(fixed(rule, text)).toBe(
    deployment({ env: literal('A', 'first') + literal('B', '1') + literal('LEVEL', 'info') }),
  );
});

test('reports variables of JSON, and takes the first ones out', () => {
  const json = (env: string) =>
    `{"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "a"}, "spec": {"containers": [{"name": "a", "env": [${env}]}]}}`;
  const [one, two, other] = ['{"name": "A", "value": "1"}', '{"name": "A", "value": "2"}', '{"name": "B"}'];
  expect(fixed(rule, json(`${one}, ${other}, ${one}, ${two}`))).toBe(json(`${other}, ${two}`));
});

test('reports one of which another variable needs the first value, and changes nothing', () => {
  const text = deployment({ env: literal('A', 'x') + literal('B', '$(A)') + literal('A', 'y') });
  expect(lintText(rule, text).map(({ suggestion, fix }) => [suggestion, fix])).toEqual([
    ['give one of them another name: a variable between them refers to $(A)', undefined],
  ]);
});

test('does not report the same name in two containers, or different names', () => {
  const text = deployment({ env: literal('A', 'x') + field('POD_IP', 'status.podIP') });
  expect(report(rule, `${text}---\n${text.replaceAll('name: api', 'name: other')}`)).toEqual([]);
});
