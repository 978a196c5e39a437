declare const brand: unique symbol;

/** Name of an environment variable that every shell takes; only the check below makes one. */
export type VariableName = string & { readonly [brand]: 'variable' };

/** @see https://pubs.opengroup.org/onlinepubs/9799919799/basedefs/V1_chap03.html#tag_03_216 */
export const variableNamePattern = /^[A-Za-z_][A-Za-z0-9_]*$/;

export const isVariableName = (text: string): text is VariableName => variableNamePattern.test(text);

/** @throws Error when no shell would take it for a name; the configuration was checked before */
export function variableName(text: string): VariableName {
  if (!isVariableName(text)) {
    throw new Error(`${JSON.stringify(text)} cannot be the name of a variable`);
  }
  return text;
}
