import type { Manifest } from '../model/manifest.ts';
import type { Model } from '../model/model.ts';
import type { Place } from '../problems/problem.ts';

/** How bad it is: an error loses data or does not start; a warning may. */
export type Severity = 'error' | 'warning';

/** One thing that a rule found. */
export interface RuleFinding {
  /** What is wrong, with the values that are; one sentence, no full stop. */
  readonly message: string;
  readonly place: Place;
  /**
   * The text to write instead.
   *
   * @default - the rule's remediation holds for every finding
   */
  readonly suggestion?: string;
  /**
   * The object that it is about; its annotations may suppress the rule.
   *
   * @default - a values file, or no single object
   */
  readonly manifest?: Manifest;
  /**
   * The model does not know enough to say whether something is wrong: reported as a note, and never a failure.
   *
   * @default false
   */
  readonly cannotTell?: boolean;
  /**
   * `warning` where this one is less than its rule says.
   *
   * @default - the severity of the rule
   */
  readonly severity?: 'warning';
  /**
   * Whether the line must not be shown, because it holds a secret.
   *
   * @default false
   */
  readonly confidential?: boolean;
  /**
   * The one right change, when there is one.
   *
   * @default - none
   */
  readonly fix?: Fix;
}

/** A change of a file that keeps its comments and layout. */
export interface Fix {
  readonly file: string;
  /** Edits the text of the whole file, and gives it back unchanged when there is nothing to do. */
  readonly apply: (text: string) => string;
}

/** Documentation of a rule, from which its page is generated. */
export interface RuleDocumentation {
  /** What it reports, one sentence. */
  readonly summary: string;
  /** What happens in consequence, and how it shows: two to five sentences. */
  readonly why: string;
  /** What to do instead, one or two sentences. */
  readonly remediation: string;
  /** Text to paste. */
  readonly example: string;
  /** Upstream documentation. */
  readonly see: readonly string[];
}

/**
 * What reports and documentation need of a rule. The id is the name of its file, of its documentation page and of its
 * key in the configuration, and begins with `require-`, `no-`, `unique-` or `valid-`.
 */
export interface RuleDescription {
  readonly id: string;
  /** Default severity. */
  readonly severity: Severity;
  /**
   * Whether it runs only where a setting gives it a severity.
   *
   * @default false
   */
  readonly isOffByDefault?: boolean;
  readonly documentation: RuleDocumentation;
}

/** One check of lint. */
export interface Rule extends RuleDescription {
  check(model: Model): RuleFinding[];
}
