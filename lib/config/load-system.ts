import { dirname } from 'node:path';
import { PodhostError } from '../problems/podhost-error.ts';
import type { Problem } from '../problems/problem.ts';
import { checkDocument } from './check-document.ts';
import { parseConfig, readConfigText } from './reading/parse-document.ts';
import { systemValue } from './reading/plain-value.ts';
import type { SystemConfig } from './schema/system.ts';
import { type InitSqlFile, initSqlOf, SqlFiles } from './sql-files.ts';

/** The content of a configuration file, with the content of the files that it names. */
export interface LoadedSystem {
  /** The configuration, with all defaults. */
  readonly config: SystemConfig;
  /** SQL files by name of the datastore, in the order of the configuration. */
  readonly initSql: Readonly<Record<string, readonly InitSqlFile[]>>;
  /**
   * Warnings, in the order of the file.
   *
   * @default - nothing
   */
  readonly warnings?: readonly Problem[];
}

/**
 * Reads and checks a configuration file.
 *
 * @throws PodhostError with every problem of the file, in the order of the file
 */
export function loadSystem(file: string): LoadedSystem {
  const result = load(file);
  if ('config' in result) {
    return result;
  }
  const [first, ...others] = result.problems;
  if (first === undefined) {
    throw new Error(`${file} was refused without a problem`);
  }
  throw new PodhostError([first, ...others]);
}

/** Every problem of a configuration file, warnings included, in the order of the file. */
export function checkSystem(file: string): readonly Problem[] {
  const result = load(file);
  return 'config' in result ? (result.warnings ?? []) : result.problems;
}

function load(file: string): LoadedSystem | { readonly problems: readonly Problem[] } {
  const read = readConfigText(file);
  if ('problems' in read) {
    return read;
  }
  return loadText(file, read.text);
}

/** The same of a text that is not written yet. */
export function checkText(file: string, text: string): readonly Problem[] {
  const result = loadText(file, text);
  return 'config' in result ? (result.warnings ?? []) : result.problems;
}

function loadText(file: string, text: string): LoadedSystem | { readonly problems: readonly Problem[] } {
  const parsed = parseConfig(file, text);
  if ('problems' in parsed) {
    return parsed;
  }
  const { source, contents } = parsed;
  const folder = dirname(file);
  const sqlFiles = new SqlFiles(folder);
  const value = systemValue(source, contents);
  const { config, problems } = checkDocument({ source, contents, value, folder, sqlFiles });
  return config === undefined ? { problems } : { config, initSql: initSqlOf(config, sqlFiles), warnings: problems };
}
