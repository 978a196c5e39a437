/** The rights of somebody who deploys: all that a run without helm needs, but one kind when told so. */
export function deployerRole(without?: string): object {
  const verbs = ['get', 'list', 'watch', 'create', 'update', 'patch', 'delete'];
  const all = ['configmaps', 'services', 'serviceaccounts', 'persistentvolumeclaims', 'secrets', 'namespaces'];
  const looksAt = ['nodes', 'pods', 'pods/log', 'events'];
  const groups = [
    'apps',
    'networking.k8s.io',
    'coordination.k8s.io',
    'traefik.io',
    'storage.k8s.io',
    'discovery.k8s.io',
  ];
  return {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRole',
    metadata: { name: 'deployer' },
    rules: [
      { apiGroups: groups, resources: ['*'], verbs },
      { apiGroups: [''], resources: all.filter((kind) => kind !== without), verbs },
      { apiGroups: [''], resources: looksAt, verbs: ['get', 'list', 'watch'] },
    ],
  };
}

const apiVersion = 'admissionregistration.k8s.io/v1';

/** A rule that lets nobody have a Service of the name `frontend`. */
export const rule: readonly object[] = [
  {
    apiVersion,
    kind: 'ValidatingAdmissionPolicy',
    metadata: { name: 'no-frontend' },
    spec: {
      matchConstraints: {
        resourceRules: [
          { apiGroups: [''], apiVersions: ['v1'], resources: ['services'], operations: ['CREATE', 'UPDATE'] },
        ],
      },
      validations: [{ expression: "object.metadata.name != 'frontend'", message: 'frontends are not wanted here' }],
    },
  },
  {
    apiVersion,
    kind: 'ValidatingAdmissionPolicyBinding',
    metadata: { name: 'no-frontend' },
    spec: { policyName: 'no-frontend', validationActions: ['Deny'] },
  },
];
