/** Kinds of Kubernetes itself that belong to no namespace. @see https://kubernetes.io/docs/reference/kubernetes-api/ */
const clusterKinds: ReadonlySet<string> = new Set([
  'APIService',
  'CertificateSigningRequest',
  'ClusterRole',
  'ClusterRoleBinding',
  'CSIDriver',
  'CSINode',
  'CustomResourceDefinition',
  'FlowSchema',
  'IngressClass',
  'MutatingAdmissionPolicy',
  'MutatingAdmissionPolicyBinding',
  'MutatingWebhookConfiguration',
  'Namespace',
  'Node',
  'PersistentVolume',
  'PriorityClass',
  'PriorityLevelConfiguration',
  'RuntimeClass',
  'StorageClass',
  'ValidatingAdmissionPolicy',
  'ValidatingAdmissionPolicyBinding',
  'ValidatingWebhookConfiguration',
  'VolumeAttachment',
]);

/** Group of an API version; empty for the core group. */
export const apiGroup = (apiVersion: string): string =>
  apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';

/** Groups below `k8s.io` that extensions define. */
const extensionGroups =
  /^(gateway\.networking|snapshot\.storage|metrics|custom\.metrics|external\.metrics|.*\.cluster|autoscaling)\.(x-)?k8s\.io$|\.x-k8s\.io$/;

/** Whether a group is one of Kubernetes itself. */
const isBuiltInGroup = (group: string): boolean =>
  !group.includes('.') || (group.endsWith('.k8s.io') && !extensionGroups.test(group));

/** Whether objects of a kind belong to a namespace; undefined for a kind of an extension. */
export const isNamespaced = (apiVersion: string, kind: string): boolean | undefined =>
  isBuiltInGroup(apiGroup(apiVersion)) ? !clusterKinds.has(kind) : undefined;

/** Whether a namespace belongs to Kubernetes or to everybody, so that no system creates it. */
export const isShared = (namespace: string): boolean => namespace === 'default' || namespace.startsWith('kube-');
