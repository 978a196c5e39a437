import { dirname, isAbsolute, join, relative } from 'node:path';
import { PodhostError } from '../problems/podhost-error.ts';
import type { Problem } from '../problems/problem.ts';
import { checkDocument, problemsInOrder } from './check-document.ts';
import { type ConfigFiles, configFiles } from './config-files.ts';
import { Located } from './reading/located.ts';
import { mergeFiles, type ParsedSource } from './reading/merge-files.ts';
import { parseConfig, readConfigText } from './reading/parse-document.ts';
import { systemValue } from './reading/plain-value.ts';
import { replaceVariables } from './reading/variables.ts';
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
export function readConfig(files: ConfigFiles): ReadConfig {
  let start = 0;
  const read = configFiles(files).map((file) => {
    const found = readConfigText(file);
    if ('problems' in found) {
      return found;
    }
    const parsed = parseConfig(file, found.text, start);
    start += found.text.length + 1;
    return parsed;
  });
  const problems = read.flatMap((found) => ('problems' in found ? found.problems : []));
  const [first, ...others] = read.flatMap((found) => ('problems' in found ? [] : [found]));
  return problems.length > 0 || first === undefined ? { problems } : checked([first, ...others]);
}

function checked(sources: readonly [ParsedSource, ...ParsedSource[]]): ReadConfig {
  const { source, contents } = mergeFiles(sources);
  const unreplaced = replaceVariables(source, contents, process.env);
  const folder = dirname(source.file);
  startFrom(folder, Located.root(source, contents));
  const sqlFiles = new SqlFiles(folder);
  const value = systemValue(contents);
  const { config, problems, system } = checkDocument({ source, contents, value, folder, sqlFiles });
  if (unreplaced.length === 0) {
    return { ...(config === undefined ? {} : { config }), problems, system, sqlFiles };
  }
  // A reference that was not replaced says nothing of the value that is meant.
  const places = new Set(unreplaced.map(({ place }) => JSON.stringify(place)));
  const others = problems.filter(({ place }) => !places.has(JSON.stringify(place)));
  return { problems: problemsInOrder([...unreplaced, ...others], source.file), system, sqlFiles };
}

/** Makes the SQL files of all merged files start from one folder: each is named from the folder of its own file. */
function startFrom(folder: string, system: Located): void {
  const files = system
    .get('datastores')
    .items()
    .flatMap((datastore) => datastore.get('initSql').items());
  for (const { scalar, place } of files) {
    const own = dirname(place.file);
    if (scalar !== undefined && own !== folder && !isAbsolute(scalar.text)) {
      scalar.text = relative(folder, join(own, scalar.text));
    }
  }
}

/** Every problem of a text that is not written yet, warnings included. */
export function checkText(file: string, text: string): readonly Problem[] {
  const parsed = parseConfig(file, text);
  return 'problems' in parsed ? parsed.problems : checked([parsed]).problems;
}

/**
 * The configuration alone: the manifests that it names are not read, and nothing is rendered.
 *
 * @throws PodhostError with every problem of the file, in the order of the file
 */
export const loadConfig = (files: ConfigFiles): SystemConfig => checkedConfig(files).config;

/** The same with its warnings. */
export function checkedConfig(files: ConfigFiles): {
  readonly config: SystemConfig;
  readonly warnings: readonly Problem[];
} {
  const read = readConfig(files);
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
