/**
 * What the kubelet makes of a value: `$(NAME)` becomes the variable's value when it is known and stays otherwise,
 * `$$` becomes `$`, any other `$` stays.
 *
 * @see https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#environment-variables
 */
export function expandAsKubelet(value: string, known: ReadonlyMap<string, string>): string {
  let expanded = '';
  let rest = value;
  while (rest !== '') {
    const reference = /^\$\(([^)]*)\)/.exec(rest);
    if (reference !== null) {
      expanded += known.get(reference[1] ?? '') ?? reference[0];
      rest = rest.slice(reference[0].length);
    } else if (rest.startsWith('$$')) {
      expanded += '$';
      rest = rest.slice(2);
    } else {
      expanded += rest[0];
      rest = rest.slice(1);
    }
  }
  return expanded;
}
