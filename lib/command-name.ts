import { relative } from 'node:path';
import { moduleFile, packageFolder } from './package-folder.ts';
import { type ShellText, sh } from './text/shell.ts';

/** What is compiled lies in the folder `build` of an installed package, or beside it. */
const isCompiled = relative(packageFolder, moduleFile).startsWith('build');

/** How this program is called where it stands: by npm from its sources in a checkout, else by the name it is installed under. */
export const podhostWords: readonly [string, ...string[]] = isCompiled ? ['podhost'] : ['npm', 'run', 'podhost', '--'];

/** The same as a part of a line. */
export const podhost: ShellText = sh`${podhostWords}`;
