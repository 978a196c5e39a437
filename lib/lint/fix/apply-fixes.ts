import { isGenerated } from '../../files/generated-mark.ts';
import { PodhostError } from '../../problems/podhost-error.ts';
import type { LintedSources } from '../lint-sources.ts';
import { fixedTexts } from './fixed-texts.ts';
import { removeLeftoversBeside, replaceFiles } from './replace-files.ts';

/**
 * Mends in the files what has one right answer.
 *
 * @returns a line for each file that has changed
 * @throws PodhostError with nothing changed, when a file cannot be written back as it was read
 */
export function applyFixes({ result, sources }: LintedSources): string[] {
  if (sources.some(({ file }) => file === '<stdin>')) {
    const message = '--fix writes files, and standard input is none';
    throw new PodhostError([{ code: 'lint/fix-stdin', message, suggestion: 'name the file instead of -' }]);
  }
  removeLeftoversBeside(sources.map(({ file }) => file));
  const texts = fixedTexts(result.findings, sources);
  replaceFiles(texts);
  return texts.map(({ file, before, fixes, left }) => {
    const more = left === 0 ? '' : `; ${left} are left for another run of --fix`;
    return isGenerated(before)
      ? `${file}: ${fixes} fixed, which the next podhost synth undoes: change the configuration as well${more}`
      : `${file}: ${fixes} fixed${more}`;
  });
}
