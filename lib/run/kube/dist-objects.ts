import { distManifests } from './manifests.ts';
import type { ObjectName } from './objects.ts';

/** The objects that `kubectl apply -f dist` would write, in its order. */
export const distObjects = (dist: string): ObjectName[] =>
  distManifests(dist).map(({ apiVersion, kind, name, namespace }) => ({ apiVersion, kind, name, namespace }));

const workloadKinds = ['Deployment', 'StatefulSet', 'DaemonSet'];

/** Whether it makes pods that are rolled out. */
export const isWorkload = ({ kind }: ObjectName): boolean => workloadKinds.includes(kind);
