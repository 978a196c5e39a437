import { loadSystem } from '../../config/load-system.ts';
import { formatProblems } from '../../problems/format.ts';
import { print, report } from '../printer.ts';
import { reportWarnings } from '../report-failure.ts';

export interface CheckOptions {
  /** Configuration file. */
  readonly config: string;
  readonly format: 'text' | 'json';
}

/**
 * `podhost check`: the configuration alone. Warnings are printed and refuse nothing.
 *
 * @throws PodhostError with all its problems
 */
export function checkCommand({ config, format }: CheckOptions): void {
  const { warnings = [] } = loadSystem(config);
  if (format === 'json') {
    print(formatProblems(warnings, { format }));
  }
  reportWarnings(warnings);
  report(`${config}: ${warnings.length === 0 ? 'no problems' : 'no errors'}`);
}
