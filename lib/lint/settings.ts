import type { Severity } from './rule.ts';

/** What a rule's findings count as; `off`: it does not run. */
export type RuleSetting = Severity | 'off';

/** What a run reports, and when it fails. */
export interface LintSettings {
  /** By id of the rule; where nothing stands, the rule's own severity holds. */
  readonly rules: Readonly<Record<string, RuleSetting>>;
  /**
   * Warnings that are accepted.
   *
   * @default - any number
   */
  readonly maxWarnings?: number | undefined;
}

export const defaultSettings: LintSettings = { rules: {} };
