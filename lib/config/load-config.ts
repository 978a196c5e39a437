import { dirname } from 'node:path';
import { PodhostError } from '../problems/podhost-error.ts';
import type { Problem } from '../problems/problem.ts';
import { checkDocument } from './check-document.ts';
import type { Located } from './reading/located.ts';
import { parseConfig, readConfigText } from './reading/parse-document.ts';
import { systemValue } from './reading/plain-value.ts';
import type { SystemConfig } from './schema/system.ts';
import { SqlFiles } from './sql-files.ts';

/** A configuration as it was read, or why it could not be read. */
export type ReadConfig =
  | {
      /** @default - one of the problems is an error */
      readonly config?: SystemConfig;
      readonly problems: readonly Problem[];
      /** The file, whose values of the wrong shape have no text. */
      readonly system: Located;
      readonly sqlFiles: SqlFiles;
    }
  | { readonly problems: readonly Problem[] };

/** Reads and checks a configuration, apart from the manifests that it names. */
export function readConfig(file: string): ReadConfig {
  const read = readConfigText(file);
  return 'problems' in read ? read : readText(file, read.text);
}

function readText(file: string, text: string): ReadConfig {
  const parsed = parseConfig(file, text);
  if ('problems' in parsed) {
    return parsed;
  }
  const { source, contents } = parsed;
  const folder = dirname(file);
  const sqlFiles = new SqlFiles(folder);
  const value = systemValue(source, contents);
  return { ...checkDocument({ source, contents, value, folder, sqlFiles }), sqlFiles };
}

/** Every problem of a text that is not written yet, warnings included. */
export const checkText = (file: string, text: string): readonly Problem[] => readText(file, text).problems;

/**
 * The configuration alone: the manifests that it names are not read, and nothing is rendered.
 *
 * @throws PodhostError with every problem of the file, in the order of the file
 */
export const loadConfig = (file: string): SystemConfig => checkedConfig(file).config;

/** The same with its warnings. */
export function checkedConfig(file: string): { readonly config: SystemConfig; readonly warnings: readonly Problem[] } {
  const read = readConfig(file);
  if ('config' in read && read.config !== undefined) {
    return { config: read.config, warnings: read.problems };
  }
  throw refused(read.problems);
}

/** The error that refuses a configuration. */
export function refused([first, ...others]: readonly Problem[]): PodhostError {
  if (first === undefined) {
    throw new Error('a configuration was refused without a problem');
  }
  return new PodhostError([first, ...others]);
}
