import { isAbsolute, relative, resolve, sep } from 'node:path';

/**
 * A path as it is shown and compared: below the working folder it is relative to it, however it was written.
 * `-` is standard input.
 */
export function fromWorkingFolder(path: string): string {
  if (path === '-') {
    return path;
  }
  const below = relative('.', resolve(path));
  return below === ''
    ? '.'
    : below === '..' || below.startsWith(`..${sep}`) || isAbsolute(below)
      ? resolve(path)
      : below;
}
