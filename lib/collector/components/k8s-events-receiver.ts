import type { Receiver } from '../../pipeline/component.ts';

/**
 * Events of the cluster, as logs.
 *
 * @see https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/main/receiver/k8sobjectsreceiver
 */
export const k8sEventsReceiver = (): Receiver => ({
  kind: 'receiver',
  id: 'k8sobjects',
  settings: {
    auth_type: 'serviceAccount',
    objects: [{ name: 'events', group: 'events.k8s.io', mode: 'watch', exclude_watch_type: ['DELETED'] }],
  },
});
