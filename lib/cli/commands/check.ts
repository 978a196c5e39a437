import { type ConfigFiles, configName } from '../../config/config-files.ts';
import { checkedConfig } from '../../config/load-config.ts';
import { formatProblems } from '../../problems/format.ts';
import type { Problem } from '../../problems/problem.ts';
import { print, report } from '../printer.ts';
import { reportWarnings } from '../report-failure.ts';

export interface CheckOptions {
  /** Files of the configuration, each above those before it. */
  readonly config: readonly string[];
  readonly format: 'text' | 'json';
}

/**
 * `podhost check`: the configuration, with the manifests that it names. Warnings are printed and refuse nothing.
 *
 * @throws PodhostError with all its problems
 */
export async function checkCommand({ config, format }: CheckOptions): Promise<void> {
  const warnings = await warningsOf(config);
  if (format === 'json') {
    print(formatProblems(warnings, { format }));
  }
  reportWarnings(warnings);
  report(`${configName(config)}: ${warnings.length === 0 ? 'no problems' : 'no errors'}`);
}

/** Manifests alone need what parses them. */
async function warningsOf(files: ConfigFiles): Promise<readonly Problem[]> {
  const checked = checkedConfig(files);
  if (checked.config.manifests.length === 0) {
    return checked.warnings;
  }
  const { loadSystem } = await import('../../config/load-system.ts');
  return loadSystem(files).warnings ?? [];
}
