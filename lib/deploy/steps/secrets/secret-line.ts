import { type ShellText, sh, variableWord } from '../../../text/shell.ts';
import type { VariableName } from '../../../text/variable-name.ts';

/** The Secret that a line makes. */
export interface SecretLineProps {
  readonly name: string;
  readonly namespace: string;
  /** Its keys, which are also the environment variables with their values. */
  readonly keys: readonly VariableName[];
}

/** The line for a shell that makes a Secret. Values go over standard input: arguments are for everybody to read. */
export const secretLine = ({ name, namespace, keys }: SecretLineProps): ShellText => {
  const create = sh`kubectl create secret generic ${name} --namespace=${namespace} --from-env-file=/dev/stdin`;
  return sh`printf '%s\\n' ${keys.map(variableWord)} | ${create}`;
};

/** The line for a shell that asks for a value without showing it, and sets a variable. */
export const variableLine = (key: VariableName): ShellText => sh`read -rs ${key} && export ${key}`;
