import type { Problem } from '../problems/problem.ts';
import type { SystemConfig } from './schema/system.ts';

/** An SQL file that a datastore runs when its data folder is empty. */
export interface InitSqlFile {
  /** Base name of the file; key of the ConfigMap. */
  readonly name: string;
  /** The SQL text. */
  readonly content: string;
}

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
