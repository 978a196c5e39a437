/** `$(NAME)`: replaced by the kubelet with a variable that stands earlier in the same container. */
export const variableReference = (name: string): string => `$(${name})`;

/**
 * Text that the kubelet's expansion turns back into `value`: `$$` stands for `$`, and `$(NAME)` is a reference.
 *
 * @see https://kubernetes.io/docs/tasks/inject-data-application/define-interdependent-environment-variables/
 */
export function escapeVariableReferences(value: string): string {
  return /\$[$(]/.test(value) ? value.replaceAll('$', '$$$$') : value;
}
