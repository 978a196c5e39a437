import { expect, test } from 'vitest';
import { parseConfig } from '../../../lib/config/reading/parse-document.ts';
import type { Problem } from '../../../lib/problems/problem.ts';
import { syntaxErrors } from './syntax-errors.ts';

function problemsOf(text: string): readonly Problem[] {
  const parsed = parseConfig('system.yaml', text);
  return 'problems' in parsed ? parsed.problems : [];
}

test.each(syntaxErrors)('%s is told once, in words', (_, content, at, message, suggestion) => {
  expect(
    problemsOf(content).map(({ place, ...problem }) => [
      `${place?.line}:${place?.column}`,
      problem.message,
      problem.suggestion,
    ]),
  ).toEqual([[at, message, suggestion]]);
});

test('all errors of a file are told, in its order', () => {
  const lines = problemsOf('a: @x\nb: *none\nc: %y\na: 1\nd: "q\n').map(({ place, code }) => `${place?.line} ${code}`);
  expect(lines).toEqual([
    '1 config/yaml-syntax',
    '2 config/unknown-alias',
    '3 config/yaml-syntax',
    '4 config/duplicate-key',
    '5 config/yaml-syntax',
  ]);
});

test('no message repeats what the file holds', () => {
  for (const { message, suggestion } of problemsOf(' a: 1\nDB_PASSWORD: hunter2\nx: [hunter2\n')) {
    expect(message + suggestion).not.toContain('hunter2');
  }
});
