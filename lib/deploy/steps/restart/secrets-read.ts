import { z } from 'zod';

const reference = z.object({ name: z.string().optional() }).optional();
const container = z.object({
  env: z.array(z.object({ valueFrom: z.object({ secretKeyRef: reference }).optional() })).optional(),
  envFrom: z.array(z.object({ secretRef: reference })).optional(),
});
const podSpec = z.object({
  containers: z.array(container).optional(),
  initContainers: z.array(container).optional(),
});

/**
 * Names of the Secrets that the containers of a pod have in their environment, which no change reaches before a
 * restart. Mounted ones are renewed by the kubelet.
 */
export function secretsRead(spec: unknown): string[] {
  const { containers = [], initContainers = [] } = podSpec.parse(spec);
  const names = [...initContainers, ...containers].flatMap(({ env = [], envFrom = [] }) => [
    ...env.map(({ valueFrom }) => valueFrom?.secretKeyRef?.name),
    ...envFrom.map(({ secretRef }) => secretRef?.name),
  ]);
  return [...new Set(names.filter((name) => name !== undefined))];
}
