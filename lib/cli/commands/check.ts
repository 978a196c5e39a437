import { loadSystem } from '../../config/load-system.ts';
import { formatProblems } from '../../problems/format.ts';
import { print, report } from '../printer.ts';

export interface CheckOptions {
  /** Configuration file. */
  readonly config: string;
  readonly format: 'text' | 'json';
}

/**
 * `podhost check`: the configuration alone.
 *
 * @throws PodhostError with all its problems
 */
export function checkCommand({ config, format }: CheckOptions): void {
  loadSystem(config);
  if (format === 'json') {
    print(formatProblems([], { format }));
  }
  report(`${config}: no problems`);
}
