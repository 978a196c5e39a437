/** The Secret that a line makes. */
export interface SecretLineProps {
  readonly name: string;
  readonly namespace: string;
  /** Its keys, which are also the environment variables with their values. */
  readonly keys: readonly string[];
}

/** The line for a shell that makes a Secret. Values go over standard input: arguments are for everybody to read. */
export const secretLine = ({ name, namespace, keys }: SecretLineProps): string =>
  [
    `printf '%s\\n' ${keys.map((key) => `"${key}=$${key}"`).join(' ')}`,
    `kubectl create secret generic ${name} --namespace=${namespace} --from-env-file=/dev/stdin`,
  ].join(' | ');
