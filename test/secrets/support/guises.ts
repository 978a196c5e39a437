import { fileGuises } from './file-guises.ts';
import type { Guise } from './guise.ts';
import { namedGuises } from './named-guises.ts';
import { textGuises } from './text-guises.ts';
import { tokenGuises } from './token-guises.ts';

/** More than a hundred secrets, each in a form of its own. */
export const guises: readonly Guise[] = [...namedGuises, ...tokenGuises, ...textGuises, ...fileGuises];
