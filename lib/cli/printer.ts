import { writeSync } from 'node:fs';
import { styleCode } from '../problems/styled.ts';
import { visibleLine } from '../text/visible.ts';
import { outliveReaders } from './lost-readers.ts';
import { outputStyle } from './output-style.ts';

const opened = new Map<'stdout' | 'stderr', NodeJS.WriteStream>();

/** A stream, opened when it is printed to first, which takes milliseconds. A reader may close it. */
function stream(name: 'stdout' | 'stderr'): NodeJS.WriteStream {
  const found = process[name];
  if (opened.get(name) !== found) {
    outliveReaders([found]);
    opened.set(name, found);
  }
  return found;
}

/** Where a person is asked and answers. Standard output is for what was found. */
export const terminal = {
  /** A getter, because standard input cannot be read synchronously after it was opened as a stream. */
  get input() {
    return process.stdin;
  },
  get output() {
    return stream('stderr');
  },
};

/** Whether a screen that is drawn anew shows both streams. */
export const isScreen = (): boolean => [stream('stdout'), stream('stderr')].every(({ isTTY }) => isTTY === true);

/** How results may look. */
export const resultStyle = (): { readonly colour: boolean } => outputStyle(stream('stdout'));

/** Prints results to standard output: whole lines, in which values that were read are visible already. */
export function print(text: string): void {
  stream('stdout').write(printable(text, resultStyle()));
}

const clearedScreen = '\u001b[H\u001b[2J\u001b[3J';

/** Prints results in the place of those before: for a terminal. */
export function printScreen(text: string): void {
  process.stdout.write(clearedScreen + printable(text, resultStyle()));
}

/** Prints annotations to standard output, which GitHub's runner takes for commands. */
export function printAnnotations(text: string): void {
  stream('stdout').write(printable(text, { colour: false, annotations: true }));
}

/** Prints a script to standard output: byte for byte, unless a terminal shows it instead of a file that is run. */
export function printScript(text: string): void {
  stream('stdout').write(stream('stdout').isTTY === true ? printable(text, { colour: false }) : text);
}

let reportsDirectly = false;

/** Lets reports be written to the descriptor of standard error as long as nothing else has opened it as a stream. */
export function reportDirectly(): void {
  reportsDirectly = true;
}

/** Prints progress, warnings and errors to standard error. Each argument is one line, whatever it holds. */
export function report(...lines: readonly string[]): void {
  writeReport(lines.map((line) => `${visibleLine(line)}\n`).join(''));
}

/** Prints to standard error what `print` prints to standard output. */
export function reportText(text: string): void {
  writeReport(printable(text, { colour: false }));
}

function writeReport(text: string): void {
  const rest = reportsDirectly && !opened.has('stderr') ? unwritten(Buffer.from(text)) : text;
  if (rest.length > 0) {
    stream('stderr').write(rest);
  }
}

/** Writes to the descriptor of standard error, and returns what it did not take: a stream knows why, and waits. */
function unwritten(text: Buffer): Buffer {
  let written = 0;
  try {
    while (written < text.length) {
      written += writeSync(standardError, text, written);
    }
  } catch {
    // A pipe that is full, or whose reader is gone.
  }
  return text.subarray(written);
}

const standardError = 2;

export interface PrintableOptions {
  /** Whether our own styles stay. */
  readonly colour: boolean;
  /**
   * Whether lines that annotate a pull request stay commands.
   *
   * @default false
   */
  readonly annotations?: boolean;
}

/**
 * Text as it may be printed: of what a terminal or a CI runner obeys, line breaks and our own styles alone are left.
 * Escapes the hostile characters that the text still holds.
 */
export const printable = (text: string, options: PrintableOptions): string =>
  text
    .split('\n')
    .map((line) => printableLine(line, options))
    .join('\n');

function printableLine(line: string, { colour, annotations = false }: PrintableOptions): string {
  const command = annotations ? (/^::(?:error|warning|notice) /.exec(line)?.[0] ?? '') : '';
  return command + visibleParts(line.slice(command.length), colour).join('');
}

/** Every other part of a split line is a style. */
const visibleParts = (line: string, colour: boolean): string[] =>
  colour
    ? line.split(styleCode).map((part, index) => (index % 2 === 1 ? part : visibleLine(part)))
    : [visibleLine(line)];
