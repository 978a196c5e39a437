import { visibleLine } from '../text/visible.ts';
import type { Problem } from './problem.ts';

/** The message of a problem and its details, each a line in which nothing is obeyed by a terminal. */
export const messageLines = ({ message, details = [] }: Problem): string[] => [
  visibleLine(message),
  ...details.map(visibleLine),
];
