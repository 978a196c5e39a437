import { isWarning, type Problem } from '../problems/problem.ts';
import { problemsInOrder } from './check-document.ts';
import { type ConfigFiles, configFiles } from './config-files.ts';
import { readConfig, refused } from './load-config.ts';
import { loadManifests } from './manifests/load-manifests.ts';
import type { ManifestGroup } from './manifests/manifest-group.ts';
import type { SystemConfig } from './schema/system.ts';
import { type InitSqlFile, initSqlOf } from './sql-files.ts';

/** The content of a configuration file, with the content of the files that it names. */
export interface LoadedSystem {
  /** The configuration, with all defaults. */
  readonly config: SystemConfig;
  /** SQL files by name of the datastore, in the order of the configuration. */
  readonly initSql: Readonly<Record<string, readonly InitSqlFile[]>>;
  /**
   * Objects of the existing manifests, an entry of `manifests` each.
   *
   * @default - none
   */
  readonly manifests?: readonly ManifestGroup[];
  /**
   * Files that the manifests were read from.
   *
   * @default - none
   */
  readonly manifestFiles?: readonly string[];
  /**
   * Warnings, in the order of the file.
   *
   * @default - nothing
   */
  readonly warnings?: readonly Problem[];
}

/**
 * Reads and checks a configuration, with all files that it names. Of several files each stands above those before it: mappings
 * are merged, lists of named entries by name, `null` removes a key, and everything else is replaced.
 *
 * @throws PodhostError with every problem of the file, in the order of the file
 */
export function loadSystem(files: ConfigFiles): LoadedSystem {
  const result = load(files);
  if ('config' in result) {
    return result;
  }
  throw refused(result.problems);
}

/** Every problem of a configuration file, warnings included, in the order of the file. */
export function checkSystem(files: ConfigFiles): readonly Problem[] {
  const result = load(files);
  return 'config' in result ? (result.warnings ?? []) : result.problems;
}

function load(files: ConfigFiles): LoadedSystem | { readonly problems: readonly Problem[] } {
  const read = readConfig(files);
  if (!('system' in read)) {
    return read;
  }
  const { config, sqlFiles, system } = read;
  const manifests = loadManifests(system);
  const problems = problemsInOrder([...read.problems, ...manifests.problems], configFiles(files)[0] ?? '');
  return config === undefined || !problems.every(isWarning)
    ? { problems }
    : {
        config,
        initSql: initSqlOf(config, sqlFiles),
        warnings: problems,
        ...(manifests.groups.length === 0 ? {} : { manifests: manifests.groups, manifestFiles: manifests.files }),
      };
}
