/** A secret in one of the forms in which it stands in files. */
export interface Guise {
  /** Name of the variable or key; empty when the text has none. */
  readonly name: string;
  readonly text: string;
  /** What is reported. */
  readonly what: string;
  /** What must not be shown. */
  readonly secret: string;
}

/** What stands for the passwords of the tables. */
export const password = 'hunter2-Tr0ub4dor';

export const uuid = '0f8fad5b-d9cb-469f-a165-70867728950e';

/** A secret with what stands before and after it. */
export const within = (name: string, what: string, before: string, secret: string, after = ''): Guise => ({
  name,
  text: before + secret + after,
  what,
  secret,
});
