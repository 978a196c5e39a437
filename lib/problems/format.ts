import type { z } from 'zod';
import { maskSecrets, maskTexts } from '../secrets/mask-secrets.ts';
import { displayWidth } from '../text/display-width.ts';
import { visible, visibleJson, visibleLine } from '../text/visible.ts';
import { messageLines, type SourceLines } from './lines.ts';
import { isWarning, type Place, type Problem } from './problem.ts';
import type { problemsSchema } from './problems-schema.ts';
import { type Style, styled } from './styled.ts';

interface FormatProblemsOptions {
  /** `text` is for people, `json` for programs. */
  readonly format: 'text' | 'json';
  /**
   * Whether the output may be coloured.
   *
   * @default false
   */
  readonly colour?: boolean;
  /**
   * Where the lines of a file come from.
   *
   * @default - no excerpts
   */
  readonly lines?: SourceLines;
}

interface FormatProblemOptions extends Omit<FormatProblemsOptions, 'format'> {
  /**
   * How its message stands out.
   *
   * @default - red for an error, yellow for a warning
   */
  readonly tone?: 'red' | 'yellow' | 'cyan';
}

/** All problems, each with its place, the line it stands in and what to write, and how many there are. */
export function formatProblems(all: readonly Problem[], options: FormatProblemsOptions): string {
  const problems = maskTexts(all);
  if (options.format === 'json') {
    return `${visibleJson({ version: 1, problems } satisfies z.input<typeof problemsSchema>)}\n`;
  }
  const lines = options.lines && linesWithoutSecrets(options.lines, problems);
  const blocks = problems.map((problem) => formatProblem(problem, { ...options, lines }));
  return `${[...blocks, counted(problems)].join('\n')}\n`;
}

/** One problem with its place, the line it stands in and what to write, for people. */
export function formatProblem(problem: Problem, options: FormatProblemOptions): string {
  const { code, place, suggestion, confidential } = problem;
  const tone = options.tone ?? (isWarning(problem) ? 'yellow' : 'red');
  const style = (name: Style, text: string) => (options.colour === true ? styled(name, text) : text);
  const where = place === undefined ? '' : `${style('bold', written(place))} `;
  const shown =
    place === undefined || confidential === true ? undefined : excerpt(options.lines?.(place.file) ?? [], place);
  return [
    `${where}${style(tone, messageLines(problem).join('\n'))} ${style('dim', `[${code}]`)}`,
    ...(shown === undefined ? [] : [shown.line, style(tone, shown.caret)]),
    ...(suggestion === undefined ? [] : [`  ${style('green', visibleLine(suggestion))}`]),
    '',
  ].join('\n');
}

const written = ({ file, line, column }: Place): string => `${visible(file)}:${line}:${column}`;

/** `2 problems`, `1 problem, 1 warning`. */
function counted(problems: readonly Problem[]): string {
  const warnings = problems.filter(isWarning).length;
  const errors = problems.length - warnings;
  return [
    ...(errors > 0 || warnings === 0 ? [amount(errors, 'problem')] : []),
    ...(warnings > 0 ? [amount(warnings, 'warning')] : []),
  ].join(', ');
}

const amount = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

/** Lines for excerpts, without those that hold the secret of a problem: another problem may stand in the same line. */
function linesWithoutSecrets(lines: SourceLines, problems: readonly Problem[]): SourceLines {
  const secret = new Map<string, Set<number>>();
  for (const { place, confidential } of problems) {
    if (place !== undefined && confidential === true) {
      secret.set(place.file, (secret.get(place.file) ?? new Set()).add(place.line));
    }
  }
  const known = new Map<string, readonly string[]>();
  return (file) => {
    const hidden = secret.get(file);
    const shown = known.get(file) ?? (hidden === undefined ? lines(file) : withoutLines(lines(file), hidden));
    known.set(file, shown);
    return shown;
  };
}

const withoutLines = (lines: readonly string[], hidden: ReadonlySet<number>): readonly string[] =>
  lines.map((text, index) => (hidden.has(index + 1) ? '' : text));

interface Excerpt {
  /** The line, numbered. */
  readonly line: string;
  /** A caret under the column. */
  readonly caret: string;
}

const maximumWidth = 100;

/** What is left of a character that was cut in two. */
const halves = /^[\udc00-\udfff]|[\ud800-\udbff]$/g;

/** The line that a problem stands in, cut to a width that fits a terminal. */
function excerpt(lines: readonly string[], { line, column }: Place): Excerpt | undefined {
  const text = maskedLines(lines)[line - 1];
  if (text === undefined || text.trim() === '') {
    return undefined;
  }
  const start = Math.max(0, column - 1 - maximumWidth / 2);
  const cut = text.slice(start, start + maximumWidth).replaceAll(halves, '…');
  const gutter = `  ${line} | `;
  const before = displayWidth(visibleLine(gutter + cut.slice(0, column - 1 - start)));
  const margin = `${' '.repeat(gutter.length - 2)}| `;
  return { line: visibleLine(gutter + cut), caret: `${margin}${' '.repeat(before - gutter.length)}^` };
}

const masked = new WeakMap<readonly string[], readonly string[]>();

/** A file is looked through as a whole: a secret may be recognised only by the line before it. */
function maskedLines(lines: readonly string[]): readonly string[] {
  const known = masked.get(lines) ?? maskSecrets(lines.join('\n')).split('\n');
  masked.set(lines, known);
  return known;
}
