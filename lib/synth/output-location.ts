import { lstatSync, realpathSync, statSync } from 'node:fs';
import { parse } from 'node:path';
import { onFile } from '../files/call-problem.ts';
import { PodhostError } from '../problems/podhost-error.ts';

/** What a user can do about an output folder that cannot be used. */
export const otherOutput = 'choose another folder with --output DIR';

/**
 * Refuses what can be no output folder. One that does not exist is fine.
 *
 * @throws PodhostError
 */
export function assertOutputLocation(output: string): void {
  if (output === '') {
    throw refused('synth/no-output', 'the output folder has no name', 'write: --output dist');
  }
  if (output === '-') {
    throw refused('synth/no-output', 'the output is a folder of files, not standard output', 'write: --output dist');
  }
  if (output.includes('\0')) {
    throw refused('synth/no-output', 'the name of the output folder holds a NUL character', otherOutput);
  }
  if (/^~(?=\/|$)/.test(output)) {
    const suggestion = `write: --output "$HOME${output.slice(1)}", or ./${output} for a folder of that name`;
    throw refused('synth/no-output', `the shell has not replaced ~ in ${output}`, suggestion);
  }
  onFile({ path: output, attempt: 'read', otherwise: otherOutput }, () => assertFolder(output));
}

function assertFolder(output: string): void {
  const status = statSync(output, { throwIfNoEntry: false });
  if (status === undefined) {
    if (lstatSync(output, { throwIfNoEntry: false })?.isSymbolicLink() === true) {
      throw refused('synth/no-folder', `${output} is a symbolic link to something that does not exist`, otherOutput);
    }
    return;
  }
  if (!status.isDirectory()) {
    throw refused('synth/no-folder', `${output} is not a folder`, otherOutput);
  }
  const real = realpathSync(output);
  if (real === parse(real).root) {
    throw refused('synth/root-folder', `${output} is the root of the file system`, otherOutput);
  }
}

const refused = (code: string, message: string, suggestion: string): PodhostError =>
  new PodhostError([{ code, message, suggestion }]);
