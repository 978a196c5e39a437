import type { Model } from '../model/model.ts';
import type { Workload } from '../model/workload.ts';
import { countAt, textAt } from '../yaml/value.ts';

/** Most pods that autoscalers may ask for, by the workload that they scale. */
export type Autoscaled = ReadonlyMap<string, number>;

export const autoscaled = ({ manifests }: Model): Autoscaled =>
  new Map(
    manifests
      .filter(({ kind }) => kind === 'HorizontalPodAutoscaler')
      .flatMap(({ namespace, value }): [string, number][] => {
        const most = countAt(value, 'spec', 'maxReplicas');
        const target = ['kind', 'name'].map((key) => textAt(value, 'spec', 'scaleTargetRef', key) ?? '');
        return most === undefined ? [] : [[[namespace ?? '', ...target].join('/'), most]];
      }),
  );

/** Pods of a workload at most: what its autoscaler may ask for, and of a DaemonSet one a node. */
export function podsOf(
  { kind, name, replicas, manifest }: Workload,
  most: Autoscaled,
  nodes: number | undefined,
): number {
  return kind === 'DaemonSet'
    ? (nodes ?? 1)
    : Math.max(replicas, most.get([manifest.namespace ?? '', kind, name].join('/')) ?? 0);
}
