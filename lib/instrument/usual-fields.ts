/** Names that manifests in the field have for a field of the pod, without prefixes. */
const usualFields: readonly (readonly [name: RegExp, field: string])[] = [
  [/^(POD_?NAME)$/, 'metadata.name'],
  [/^(POD_?UID)$/, 'metadata.uid'],
  [/^(POD_?IP)$/, 'status.podIP'],
  [/^(NODE_?NAME)$/, 'spec.nodeName'],
  [/^((HOST|NODE)_?IP)$/, 'status.hostIP'],
  [/^((POD_|KUBERNETES_)?NAMESPACE(_NAME)?)$/, 'metadata.namespace'],
];

/** The field of the pod that a variable with a usual name stands for, e.g. `status.podIP` of `MY_POD_IP`. */
export function usualFieldOf(variable: string): string | undefined {
  const name = variable.toUpperCase().replace(/^(MY|K8S|KUBE|OTEL|OTEL_RESOURCE_ATTRIBUTES)_(?=.)/, '');
  return usualFields.find(([pattern]) => pattern.test(name))?.[1];
}
