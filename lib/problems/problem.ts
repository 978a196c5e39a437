/** Where something stands in a file. Lines and columns count from 1. */
export interface Place {
  /** Path as the run was given it. */
  readonly file: string;
  /** Line, counted from 1. */
  readonly line: number;
  /** Column, counted from 1. */
  readonly column: number;
}

/** One thing that is wrong, with all that a reader needs to correct it. */
export interface Problem {
  /** Stable identifier, `area/what`, e.g. `config/unknown-key`. */
  readonly code: string;
  /** What is wrong, with the value that is wrong; one sentence, no full stop. */
  readonly message: string;
  /**
   * Lines that follow the message, indented as they are shown, such as what a command printed.
   *
   * @default - none
   */
  readonly details?: readonly string[];
  /**
   * Where it stands.
   *
   * @default - the problem has no place in a file
   */
  readonly place?: Place;
  /**
   * What to do about it, as an imperative that begins in lower case and is one line: `write: eu2.coralogix.com`,
   * `run: …`, `remove one of the two`.
   *
   * @default - there is no single right answer
   */
  readonly suggestion?: string;
  /**
   * Whether the line it stands in must not be shown, because it holds a secret.
   *
   * @default false
   */
  readonly confidential?: boolean;
  /**
   * How bad it is: an error refuses the input, a warning is reported and refuses nothing.
   *
   * @default error
   */
  readonly level?: 'error' | 'warning';
}

export const isWarning = ({ level }: Problem): boolean => level === 'warning';
