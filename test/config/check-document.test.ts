import { expect, test } from 'vitest';
import { problemsInOrder } from '../../lib/config/check-document.ts';
import type { Problem } from '../../lib/problems/problem.ts';

const problem = (code: string, file: string, line: number, column: number): Problem => ({
  code,
  message: code,
  place: { file, line, column },
});

test('problems come by line and column, those of the configuration first', () => {
  const problems = [
    problem('e', 'b.sql', 1, 1),
    problem('d', 'a.sql', 7, 1),
    problem('c', 'shop.yaml', 10, 2),
    problem('b', 'shop.yaml', 2, 9),
    problem('a', 'shop.yaml', 2, 3),
  ];
  expect(problemsInOrder(problems, 'shop.yaml').map(({ code }) => code)).toEqual(['a', 'b', 'c', 'd', 'e']);
});

test('one problem at one place is told once, in each file', () => {
  const problems = ['a.sql', 'a.sql', 'b.sql'].map((file) => problem('secret', file, 1, 1));
  expect(problemsInOrder(problems, 'shop.yaml').map(({ place }) => place?.file)).toEqual(['a.sql', 'b.sql']);
});
