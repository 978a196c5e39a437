import type { Processor } from '../../pipeline/component.ts';

/** Says which cluster everything comes from. */
export const clusterName = (name: string): Processor => ({
  kind: 'processor',
  id: 'resource/cluster',
  settings: { attributes: [{ key: 'k8s.cluster.name', value: name, action: 'upsert' }] },
});
