import type { ApiObject } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import type { Construct } from 'constructs';
import { podTemplatePaths, type WorkloadKind } from '../kubernetes/types.ts';
import type { Mapping } from '../yaml/value.ts';
import { type Claim, ClaimingStatefulSet, claimSpec } from './claim.ts';

/** What a workload of any kind is made of. */
interface WorkloadProps {
  readonly kind: WorkloadKind;
  readonly metadata: k8s.ObjectMeta;
  readonly selector: Record<string, string>;
  readonly template: k8s.PodTemplateSpec;
  readonly replicas: number | undefined;
  /** Whether the old pod must stop before the new one starts. */
  readonly isExclusive: boolean;
  /** Claims that each pod of a StatefulSet has for itself. */
  readonly claims: Readonly<Record<string, Claim>>;
  readonly serviceName: string;
  readonly schedule: string | undefined;
}

/** @throws Error when a CronJob has no schedule */
export function createWorkload(scope: Construct, props: WorkloadProps): ApiObject {
  const { kind, metadata, template, replicas, schedule } = props;
  const selector = { matchLabels: props.selector };
  switch (kind) {
    case 'Deployment':
      return new k8s.KubeDeployment(scope, kind, {
        metadata,
        // A rolling update would start the new pod while the old one still holds the volume.
        spec: { replicas, selector, strategy: props.isExclusive ? { type: 'Recreate' } : undefined, template },
      });
    case 'StatefulSet':
      return createStatefulSet(scope, props);
    case 'DaemonSet':
      return new k8s.KubeDaemonSet(scope, kind, { metadata, spec: { selector, template } });
    case 'Job':
      return new k8s.KubeJob(scope, kind, { metadata, spec: { template } });
    case 'CronJob':
      if (schedule === undefined) {
        throw new Error(`${metadata.name}: a CronJob needs a schedule`);
      }
      return new k8s.KubeCronJob(scope, kind, { metadata, spec: { schedule, jobTemplate: { spec: { template } } } });
  }
}

function createStatefulSet(scope: Construct, props: WorkloadProps): ApiObject {
  const { metadata, template, replicas, serviceName } = props;
  const spec = { replicas, serviceName, selector: { matchLabels: props.selector }, template };
  const claims = Object.entries(props.claims);
  if (claims.length === 0) {
    return new k8s.KubeStatefulSet(scope, 'StatefulSet', { metadata, spec });
  }
  const volumeClaimTemplates = claims.map(([name, claim]) => ({
    metadata: { name, labels: props.selector },
    spec: claimSpec(claim),
  }));
  return new ClaimingStatefulSet(scope, 'StatefulSet', { metadata, spec: { ...spec, volumeClaimTemplates } });
}

/**
 * A patch of a workload that holds fields of its pods. On the network of the node they ask the cluster's resolver as well,
 * since that of the node does not know the collector's name.
 */
export const podPatch = (kind: WorkloadKind, pod: Mapping): Mapping => {
  const resolver = pod['hostNetwork'] === true ? { dnsPolicy: 'ClusterFirstWithHostNet' } : {};
  return [...podTemplatePaths[kind], 'spec'].reduceRight<Mapping>((inner, key) => ({ [key]: inner }), {
    ...resolver,
    ...pod,
  });
};
