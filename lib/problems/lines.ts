import { visibleLine } from '../text/visible.ts';
import type { Problem } from './problem.ts';

/** The lines of a file, for excerpts; none when it cannot be read any more. */
export type SourceLines = (file: string) => readonly string[];

/** The message of a problem and its details, each a line in which nothing is obeyed by a terminal. */
export const messageLines = ({ message, details = [] }: Problem): string[] => [
  visibleLine(message),
  ...details.map(visibleLine),
];

/** Where an error was thrown, a call a line. The stack begins with the message, which may have lines of its own. */
export const stackLines = (error: unknown): string[] =>
  error instanceof Error ? (error.stack ?? '').split('\n').filter((line) => /^ {4}at /.test(line)) : [];
