import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { print, printAnnotations, printable, printScript, report, reportText } from '../../lib/cli/printer.ts';
import { styled } from '../../lib/problems/styled.ts';
import { everyHostile, expectHarmless } from '../support/hostile.ts';

afterEach(() => vi.restoreAllMocks());

const sources = [
  'main.ts',
  'cdk8s-validation.cjs',
  ...readdirSync('lib', { recursive: true, encoding: 'utf8' })
    .map((file) => join('lib', file))
    .filter((file) => file.endsWith('.ts')),
];

test('nothing but the printer writes to a stream of the process', () => {
  const direct =
    /\bconsole\s*[.[]|\bprocess\s*(?:\.|\?\.|\[\s*['"])\s*std(?:in|out|err)|\bstd(?:out|err)\b.*from 'node:process'|stdio: '?inherit|writeSync\((?:1|2)\b/;
  expect(sources.filter((file) => direct.test(readFileSync(file, 'utf8')))).toEqual([join('lib', 'cli', 'printer.ts')]);
});

test('only our own line breaks and styles are left', () => {
  const text = `${styled('red', 'a')} \u001b[2J\n${everyHostile}\n\u001b[35mb`;
  expectHarmless(printable(text, { colour: false }));
  expectHarmless(printable(text, { colour: true }), { colour: true });
  expect(printable(`${styled('red', 'a')}\n`, { colour: true })).toBe('\u001b[31ma\u001b[39m\n');
  expect(printable(styled('red', 'a'), { colour: false })).toBe('\\u001b[31ma\\u001b[39m');
});

test('a line is a command only where annotations are printed', () => {
  const annotation = '::error file=a.yaml,title=x::no name ##[add-mask]y\n';
  expect(printable(annotation, { colour: false })).toMatch(/^\\u003a:error /);
  expect(printable(annotation, { colour: false, annotations: true })).toBe(
    '::error file=a.yaml,title=x::no name #\\u0023[add-mask]y\n',
  );
  expect(printable('::add-mask::x', { colour: false, annotations: true })).toBe('\\u003a:add-mask::x');
});

test('each function prints to its stream', () => {
  const written: string[] = [];
  for (const name of ['stdout', 'stderr'] as const) {
    vi.spyOn(process[name], 'write').mockImplementation((text) => written.push(`${name} ${text}`) > 0);
  }
  print('a\n');
  printAnnotations('::error title=b::b\n');
  report('c\nd', 'e');
  reportText('f\ng\n');
  expect(written).toEqual(['stdout a\n', 'stdout ::error title=b::b\n', 'stderr c\\nd\ne\n', 'stderr f\ng\n']);
});

test.each([
  [false, "printf '\u001b'\n"],
  [true, "printf '\\u001b'\n"],
])('a script keeps its bytes unless a terminal shows it (%s)', (isTerminal, printed) => {
  const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  const before = process.stdout.isTTY;
  process.stdout.isTTY = isTerminal;
  try {
    printScript("printf '\u001b'\n");
  } finally {
    process.stdout.isTTY = before;
  }
  expect(write).toHaveBeenCalledExactlyOnceWith(printed);
});

test('what is reported without a stream arrives whole and in order, however little a pipe takes at once', () => {
  const script = `import { report, reportDirectly, reportText } from './lib/cli/printer.ts';
    reportDirectly();
    report('first');
    report('ü'.repeat(1_000_000));
    reportText('between\\n');
    report('last');`;
  const { stderr, status } = spawnSync(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {
    encoding: 'utf8',
    maxBuffer: 10_000_000,
  });
  expect(stderr).toBe(`first\n${'ü'.repeat(1_000_000)}\nbetween\nlast\n`);
  expect(status).toBe(0);
});
