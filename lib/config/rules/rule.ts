import type { Finding } from '../finding.ts';
import type { Located } from '../reading/located.ts';
import type { SqlFiles } from '../sql-files.ts';

/** What a rule may look at. */
export interface RuleContext {
  /** The file, whatever its state; values of the wrong shape have no text. */
  readonly system: Located;
  /** Folder that paths in the file start from. */
  readonly folder: string;
  /** The SQL files that it names. */
  readonly sqlFiles: SqlFiles;
}

/** One thing that a configuration must hold to beyond the shape of its values. */
export interface ConfigRule {
  /** Its name; the code of its problems is `config/ID`. */
  readonly id: string;
  /**
   * How bad its findings are.
   *
   * @default error
   */
  readonly level?: 'warning';
  readonly check: (context: RuleContext) => Iterable<Finding>;
}
