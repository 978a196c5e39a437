import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The file that holds this module: a source, a compiled one or a bundle, which lie at different depths of the package. */
export const moduleFile = fileURLToPath(import.meta.url);

/** The folder of this package. */
export const packageFolder = folderOf(dirname(moduleFile));

function folderOf(folder: string): string {
  return existsSync(join(folder, 'package.json')) ? folder : folderOf(dirname(folder));
}
