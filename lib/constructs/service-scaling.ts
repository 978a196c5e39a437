import { k8s } from 'cdk8s-plus-27';
import type { Construct } from 'constructs';
import type { Mapping } from '../yaml/value.ts';
import { patchObject } from './patch.ts';
import type { ServiceAutoscaling, ServiceExtent } from './service-extent.ts';

/** A HorizontalPodAutoscaler of a workload. */
export function createAutoscaler(
  scope: Construct,
  metadata: k8s.ObjectMeta,
  scaleTargetRef: k8s.CrossVersionObjectReferenceV2,
  autoscaling: ServiceAutoscaling,
): void {
  const { minReplicas = 1, maxReplicas, targetCPUUtilizationPercentage, metrics = [], behavior } = autoscaling;
  const averageUtilization = targetCPUUtilizationPercentage ?? (metrics.length === 0 ? 80 : undefined);
  const cpu: Mapping = {
    type: 'Resource',
    resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization } },
  };
  const object = new k8s.KubeHorizontalPodAutoscalerV2(scope, 'HorizontalPodAutoscaler', {
    metadata,
    spec: { scaleTargetRef, minReplicas, maxReplicas },
  });
  const spec = {
    metrics: [...(averageUtilization === undefined ? [] : [cpu]), ...metrics],
    ...(behavior === undefined ? {} : { behavior }),
  };
  patchObject(object, { spec }, 'fields');
}

/** A PodDisruptionBudget: the one that is given, or one pod at a time. */
export function createDisruptionBudget(
  scope: Construct,
  metadata: k8s.ObjectMeta,
  matchLabels: Record<string, string>,
  { minAvailable, maxUnavailable }: NonNullable<ServiceExtent['podDisruptionBudget']>,
): void {
  new k8s.KubePodDisruptionBudget(scope, 'PodDisruptionBudget', {
    metadata,
    spec: {
      minAvailable: countOrPercentage(minAvailable),
      maxUnavailable: countOrPercentage(maxUnavailable ?? (minAvailable === undefined ? '1' : undefined)),
      selector: { matchLabels },
    },
  });
}

function countOrPercentage(written: string | undefined): k8s.IntOrString | undefined {
  if (written === undefined) {
    return undefined;
  }
  return written.endsWith('%') ? k8s.IntOrString.fromString(written) : k8s.IntOrString.fromNumber(Number(written));
}
