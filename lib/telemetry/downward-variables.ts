import type { k8s } from 'cdk8s-plus-27';

/** Names of the variables that the kubelet fills with what it knows of the pod. */
export const downwardVariable = {
  podName: 'K8S_POD_NAME',
  podUid: 'K8S_POD_UID',
  podIp: 'K8S_POD_IP',
  nodeName: 'K8S_NODE_NAME',
  namespaceName: 'K8S_NAMESPACE_NAME',
} as const;

const fieldPath: Readonly<Record<keyof typeof downwardVariable, string>> = {
  podName: 'metadata.name',
  podUid: 'metadata.uid',
  podIp: 'status.podIP',
  nodeName: 'spec.nodeName',
  namespaceName: 'metadata.namespace',
};

/**
 * The pod's own identity as environment variables.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/pods/downward-api/
 */
export function downwardVariables(): k8s.EnvVar[] {
  const fields = ['podName', 'podUid', 'podIp', 'nodeName', 'namespaceName'] as const;
  return fields.map((field) => ({
    name: downwardVariable[field],
    valueFrom: { fieldRef: { fieldPath: fieldPath[field] } },
  }));
}

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

const reference = /\$\$\(([A-Za-z_][A-Za-z0-9_.-]*)\)|\$\(([A-Za-z_][A-Za-z0-9_.-]*)\)/g;

/** Names of the variables that `$(NAME)` in a text refers to; `$$(NAME)` refers to none. */
export const referredVariables = (value: string): string[] =>
  [...value.matchAll(reference)].flatMap(([, , name]) => name ?? []);

/**
 * Text in which the kubelet replaces `$(NAME)` of known variables alone: `$$(NAME)` is the text `$(NAME)`, and all else arrives
 * as written.
 *
 * @param isKnown whether a variable stands before
 */
export function withVariableReferences(value: string, isKnown: (name: string) => boolean): string {
  const parts: { readonly text: string; readonly isReference: boolean }[] = [];
  let end = 0;
  for (const match of value.matchAll(reference)) {
    const [written, escaped, name] = match;
    const isReference = name !== undefined && isKnown(name);
    parts.push({ text: value.slice(end, match.index), isReference: false });
    parts.push({ text: escaped === undefined ? written : `$(${escaped})`, isReference });
    end = match.index + written.length;
  }
  parts.push({ text: value.slice(end), isReference: false });
  if (!parts.some(({ isReference }) => isReference)) {
    return escapeVariableReferences(parts.map(({ text }) => text).join(''));
  }
  return parts.map(({ text, isReference }) => (isReference ? text : text.replaceAll('$', '$$$$'))).join('');
}
