import { expect, test } from 'vitest';
import { formatProblems } from '../../lib/problems/format.ts';
import type { Problem } from '../../lib/problems/problem.ts';

const lines = () => [
  'services:',
  '  - name: api',
  '\tport: 80800',
  `    key: ${'x'.repeat(200)} here`,
  '    DB_PASSWORD: hunter2',
];

const problem: Problem = {
  code: 'config/invalid-value',
  message: 'port must be smaller',
  place: { file: 'shop.yaml', line: 2, column: 11 },
  suggestion: 'write: 8080',
};

test('a problem has its place, message and code, its line with a caret, and what to do', () => {
  expect(
    formatProblems([problem], { format: 'text', lines }),
  ).toBe(`shop.yaml:2:11 port must be smaller [config/invalid-value]
  2 |   - name: api
    |           ^
  write: 8080

1 problem
`);
});

test('a tab is seen, and the caret stands below what comes behind it', () => {
  const place = { file: 'shop.yaml', line: 3, column: 8 };
  expect(formatProblems([{ ...problem, place }], { format: 'text', lines })).toContain(
    '  3 | \\tport: 80800\n    |         ^\n',
  );
});

test('a long line is cut around its column', () => {
  const place = { file: 'shop.yaml', line: 4, column: 211 };
  const text = formatProblems([{ ...problem, place }], { format: 'text', lines });
  expect(text).toContain(`  4 | ${'x'.repeat(49)} here\n    | ${' '.repeat(50)}^\n`);
});

test('a caret stands where it would without the secrets before it', () => {
  const place = { file: 'shop.yaml', line: 1, column: 35 };
  const text = () => ['env: { TOKEN: h\u00e4ckm\ud83d\ude00ch, PORT: 80800 }'];
  expect(formatProblems([{ ...problem, place }], { format: 'text', lines: text })).toContain(
    `  1 | env: { TOKEN: *********, PORT: 80800 }\n    | ${' '.repeat(34)}^\n`,
  );
});

test.each([
  ['the name of a secret stands in the line before', ['- name: DB_PASSWORD', '  value: hunter2'], 2],
  ['a key goes over several lines', ['password: |', '  hunter', '  hunter2'], 3],
])('an excerpt shows no secret where %s', (_, text, line) => {
  const place = { file: 'shop.yaml', line, column: 3 };
  const shown = formatProblems([{ ...problem, place }], { format: 'text', lines: () => text });
  expect([shown.includes('hunter'), shown.includes('***')]).toEqual([false, true]);
});

test('neither a message nor a suggestion shows a secret', () => {
  const secret = { ...problem, message: 'refused: redis://:hunter2@redis', suggestion: 'write: TOKEN=hunter2' };
  expect(formatProblems([secret], { format: 'text' }) + formatProblems([secret], { format: 'json' })).not.toContain(
    'hunter2',
  );
});

test('a line is not cut within a character', () => {
  const place = { file: 'shop.yaml', line: 1, column: 122 };
  const lines = () => [`${'👍'.repeat(60)}a${'👍'.repeat(60)}`];
  expect(formatProblems([{ ...problem, place }], { format: 'text', lines })).toContain(
    `  1 | …${'👍'.repeat(24)}a${'👍'.repeat(25)}\n    | ${' '.repeat(50)}^\n`,
  );
});

test('a caret stands below a wide character', () => {
  const place = { file: 'shop.yaml', line: 1, column: 3 };
  expect(formatProblems([{ ...problem, place }], { format: 'text', lines: () => ['日本: x'] })).toContain(
    '  1 | 日本: x\n    |     ^\n',
  );
});

test('what a message, a path and details say stays on their lines', () => {
  const hostile = { ...problem, message: 'no\n::add-mask::x', details: ['a\u001b[2J', '  b\nc'] };
  const place = { file: 'a\nb.yaml', line: 1, column: 1 };
  expect(formatProblems([{ ...hostile, place, suggestion: 'write: a\nb' }], { format: 'text' })).toBe(
    'a\\nb.yaml:1:1 no\\n::add-mask::x\na\\u001b[2J\n  b\\nc [config/invalid-value]\n  write: a\\nb\n\n1 problem\n',
  );
});

test('the line of a confidential problem is not shown, and no secret of another', () => {
  const place = { file: 'shop.yaml', line: 5, column: 5 };
  expect(formatProblems([{ ...problem, place, confidential: true }], { format: 'text', lines })).not.toContain('|');
  expect(formatProblems([{ ...problem, place }], { format: 'text', lines })).toContain(
    '5 |     DB_PASSWORD: *******\n',
  );
});

test('the line of a confidential problem is not shown for another problem either', () => {
  const place = { file: 'shop.yaml', line: 2, column: 5 };
  const text = formatProblems([problem, { ...problem, place, confidential: true }], { format: 'text', lines });
  expect(text).not.toContain('|');
});

test('without a place, a line or a suggestion these are left out', () => {
  const { code, message } = problem;
  expect(formatProblems([{ code, message }], { format: 'text' })).toBe(
    'port must be smaller [config/invalid-value]\n\n1 problem\n',
  );
  const beyond = { ...problem, place: { file: 'shop.yaml', line: 9, column: 1 } };
  expect(formatProblems([beyond], { format: 'text', lines })).not.toContain('|');
});

test('colour comes only when asked for', () => {
  expect(formatProblems([problem], { format: 'text', lines })).not.toContain('\u001b');
  expect(formatProblems([problem], { format: 'text', lines, colour: true })).toContain(
    '\u001b[31mport must be smaller',
  );
});

test('JSON holds the problems as they are', () => {
  expect(JSON.parse(formatProblems([problem], { format: 'json' }))).toEqual({ version: 1, problems: [problem] });
});

test('warnings are counted apart, and are yellow', () => {
  const warning: Problem = { ...problem, level: 'warning' };
  const count = (...problems: Problem[]) => formatProblems(problems, { format: 'text' }).split('\n').at(-2);
  expect(count(warning)).toBe('1 warning');
  expect(count(problem, warning, warning)).toBe('1 problem, 2 warnings');
  expect(count()).toBe('0 problems');
  expect(formatProblems([warning], { format: 'text', colour: true })).toContain('\u001b[33mport must be smaller');
});
