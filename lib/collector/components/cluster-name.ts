import type { Processor } from '../../pipeline/component.ts';

/** Adds the name of the cluster to all data. */
export const clusterName = (name: string): Processor => ({
  kind: 'processor',
  id: 'resource/cluster',
  settings: { attributes: [{ key: 'k8s.cluster.name', value: name, action: 'upsert' }] },
});
