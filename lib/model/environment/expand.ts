/** The result of the kubelet's expansion of one value. */
export interface Expansion {
  readonly value: string;
  /** Names in `$(NAME)` that stay as they are, because no variable of that name was declared before. */
  readonly unexpanded: readonly string[];
}

/**
 * Expands `$(NAME)` and `$$` as the kubelet does: what is not declared stays as it is. So does here what is declared and
 * has a value that was not read.
 *
 * @see https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#environment-variables
 */
export function expand(
  text: string,
  declared: (name: string) => { readonly value: string | undefined } | undefined,
): Expansion {
  const unexpanded: string[] = [];
  const value = text.replace(/\$\$|\$\(([^)]*)\)/g, (match, name: string | undefined) => {
    if (name === undefined) {
      return '$';
    }
    const variable = declared(name);
    if (variable === undefined) {
      unexpanded.push(name);
    }
    return variable?.value ?? match;
  });
  return { value, unexpanded };
}
