import { textAt } from '../../yaml/value.ts';
import type { KubeClient } from './kube-client.ts';
import { KubeError } from './kube-error.ts';
import {
  configMaps,
  endpointSlices,
  jobs,
  nodes,
  operatorResources,
  pods,
  type Resource,
  secrets,
  services,
  workloadResources,
} from './resources.ts';

/** Leave for one verb on one kind. */
export interface VerifyPermission {
  readonly verb: 'get' | 'list' | 'create' | 'delete';
  readonly resource: Resource;
  readonly subresource?: 'log' | 'proxy';
  /** Undefined: in the whole cluster. */
  readonly namespace: string | undefined;
  /** What is not verified without it. */
  readonly for: string;
}

export interface OptionalPermissions {
  /**
   * Namespaces in which probes are created and deleted.
   *
   * @default - none
   */
  readonly probed?: readonly string[];
  /**
   * Whether the statistics of the kubelets are read.
   *
   * @default false
   */
  readonly withKubelets?: boolean;
  /**
   * Whether objects of the OpenTelemetry operator are committed.
   *
   * @default false
   */
  readonly withOperator?: boolean;
}

/** Everything that is read, and what for. */
export function neededPermissions(
  namespaces: readonly string[],
  { probed = [], withKubelets = false, withOperator = false }: OptionalPermissions = {},
): VerifyPermission[] {
  const ofProbes = [...new Set(probed)].flatMap((namespace) =>
    (['create', 'list', 'delete'] as const).map((verb) => ({ verb, resource: jobs, namespace, for: 'probes' })),
  );
  const ofKubelets: VerifyPermission[] = withKubelets
    ? [{ verb: 'get', resource: nodes, subresource: 'proxy', namespace: undefined, for: 'statistics of the kubelets' }]
    : [];
  const ofOperator = withOperator ? operatorResources : [];
  const inNamespaces = namespaces.flatMap((namespace): VerifyPermission[] => [
    ...workloadResources.map((resource) => ({ verb: 'list' as const, resource, namespace, for: 'rollouts' })),
    ...ofOperator.map((resource) => ({ verb: 'list' as const, resource, namespace, for: 'what the operator runs' })),
    { verb: 'list', resource: services, namespace, for: 'the endpoint' },
    { verb: 'list', resource: endpointSlices, namespace, for: 'the endpoint' },
    { verb: 'list', resource: pods, namespace, for: 'the pods of each service' },
    { verb: 'get', resource: configMaps, namespace, for: 'the environment and the configuration of collectors' },
    { verb: 'get', resource: secrets, namespace, for: 'the names of the keys of Secrets' },
    { verb: 'get', resource: pods, subresource: 'log', namespace, for: 'the last errors of collectors' },
    { verb: 'get', resource: pods, subresource: 'proxy', namespace, for: 'the metrics of collectors' },
  ]);
  return [
    { verb: 'list', resource: nodes, namespace: undefined, for: 'the nodes' },
    ...ofKubelets,
    ...inNamespaces,
    ...ofProbes,
  ];
}

/** The permissions that the user does not have; those that cannot be asked about count as granted. */
export async function deniedPermissions(
  client: KubeClient,
  needed: readonly VerifyPermission[],
): Promise<VerifyPermission[]> {
  const answers = await Promise.all(
    needed.map(async (permission) => ((await isAllowed(client, permission)) ? [] : [permission])),
  );
  return answers.flat();
}

async function isAllowed(
  client: KubeClient,
  { verb, resource, subresource, namespace }: VerifyPermission,
): Promise<boolean> {
  const resourceAttributes = { verb, group: resource.group, resource: resource.name, subresource, namespace };
  const body = {
    apiVersion: 'authorization.k8s.io/v1',
    kind: 'SelfSubjectAccessReview',
    spec: { resourceAttributes },
  };
  try {
    const review = await client.review('/apis/authorization.k8s.io/v1/selfsubjectaccessreviews', body);
    return textAt(review, 'status', 'allowed') !== 'false';
  } catch (error) {
    if (error instanceof KubeError && (error.kind === 'forbidden' || error.kind === 'not-found')) {
      return true;
    }
    throw error;
  }
}

/** `list pods in namespace shop`. */
export const permissionText = ({ verb, resource, subresource, namespace }: VerifyPermission): string =>
  `${verb} ${resource.name}${subresource === undefined ? '' : `/${subresource}`}${namespace === undefined ? '' : ` in namespace ${namespace}`}`;
