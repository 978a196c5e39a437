import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { z } from 'zod';
import type { ObjectName } from './object-name.ts';

const manifest = z.looseObject({
  apiVersion: z.string(),
  kind: z.string(),
  metadata: z.looseObject({ name: z.string(), namespace: z.string().optional() }),
});

/** The objects that `kubectl apply -f dist` would write, in its order. */
export function distObjects(dist: string): ObjectName[] {
  return readdirSync(dist)
    .filter((file) => /\.(ya?ml|json)$/.test(file))
    .sort()
    .flatMap((file) => parseAllDocuments(readFileSync(join(dist, file), 'utf8')))
    .flatMap((document) => {
      const parsed = manifest.safeParse(document.toJS());
      return parsed.success ? [nameOf(parsed.data)] : [];
    });
}

const nameOf = ({ apiVersion, kind, metadata }: z.output<typeof manifest>): ObjectName => ({
  apiVersion,
  kind,
  name: metadata.name,
  namespace: metadata.namespace,
});

const workloadKinds = ['Deployment', 'StatefulSet', 'DaemonSet'];

/** Whether it makes pods that are rolled out. */
export const isWorkload = ({ kind }: ObjectName): boolean => workloadKinds.includes(kind);
