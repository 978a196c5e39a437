import type { ObjectName } from '../../cluster/object-name.ts';
import type { LiveObject } from './live-object.ts';

export const objectName = ({ apiVersion, kind, metadata: { name, namespace } }: LiveObject): ObjectName => ({
  apiVersion,
  kind,
  name,
  namespace,
});
