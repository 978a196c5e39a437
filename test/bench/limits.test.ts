import { expect, test } from 'vitest';
import { judgedRatio, limitOf, publishedRows } from '../../bench/limits.ts';
import type { Row } from '../../bench/row.ts';

const page = `# Benchmarks

| work | against | figure | ratio | spread | ratio of CPU | goal | reached |
| --- | --- | --- | --- | --- | --- | --- | --- |
| synth | \`helm\` | time | 1.10× | 1.00–1.20 | 2.00× | ≤ 1.5× | yes |
| synth |  | memory | 148.27 MiB | 148.27–148.27 |  | ≤ 125 MiB | no |
`;

const row = (figure: Row['figure'], goal: number, against?: string): Row => ({
  command: { name: 'synth', line: ['synth'] },
  against: against === undefined ? undefined : { name: against, line: ['x'] },
  figure,
  goal,
  runs: 1,
});

test.each([
  ['a goal that is reached', row('wall', 1.5, '`helm`'), 2.25],
  ['what is published, where that does not reach the goal', row('memory', 125), 222.405],
  ['the goal of a row that is not published', row('cpu', 1, '`helm`'), 1.5],
])('a quick run may exceed by half %s', (_, of, limit) => {
  expect(limitOf(of, publishedRows(page))).toBeCloseTo(limit);
});

test.each([
  ['by CPU where other work delays the clock', { values: [3, 1, 2], cpu: [1.2, 1.4, 1.3] }, 1.3],
  ['by the clock where that is less', { values: [1, 2, 3], cpu: [2.5, 2.5, 2.5] }, 2],
  ['by the clock where CPU is not measured', { values: [1, 2, 3], cpu: [Number.NaN] }, 2],
])('a quick run judges %s', (_, result, ratio) => {
  expect(judgedRatio(result)).toBe(ratio);
});
