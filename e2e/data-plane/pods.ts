import { z } from 'zod';
import type { Kubectl } from '../cluster/kubectl.ts';

const keyReference = z.object({ name: z.string(), key: z.string(), optional: z.boolean().optional() });

/** Strict: a kind of value that is not known here would be missing in the process without a word. */
const variable = z.strictObject({
  name: z.string(),
  value: z.string().optional(),
  valueFrom: z
    .strictObject({
      fieldRef: z.object({ fieldPath: z.string() }).optional(),
      configMapKeyRef: keyReference.optional(),
      secretKeyRef: keyReference.optional(),
    })
    .optional(),
});

const httpGet = z.object({ path: z.string(), port: z.union([z.string(), z.number()]) });

const container = z.object({
  name: z.string(),
  args: z.array(z.string()).default([]),
  env: z.array(variable).default([]),
  envFrom: z.undefined('envFrom is not known here').optional(),
  resources: z.object({ limits: z.record(z.string(), z.string()).default({}) }).prefault({}),
  readinessProbe: z.object({ httpGet: httpGet.optional() }).optional(),
  volumeMounts: z.array(z.object({ name: z.string(), mountPath: z.string() })).default([]),
});

const pod = z.object({
  metadata: z.object({
    name: z.string(),
    namespace: z.string(),
    uid: z.string(),
    labels: z.record(z.string(), z.string()).default({}),
    deletionTimestamp: z.string().optional(),
    ownerReferences: z.array(z.object({ kind: z.string(), name: z.string() })).default([]),
  }),
  spec: z.object({
    nodeName: z.string(),
    serviceAccountName: z.string(),
    automountServiceAccountToken: z.boolean().optional(),
    enableServiceLinks: z.boolean().optional(),
    hostNetwork: z.boolean().default(false),
    containers: z.tuple([container]),
    volumes: z.array(z.object({ name: z.string(), configMap: z.object({ name: z.string() }).optional() })).default([]),
  }),
  status: z.object({ phase: z.string(), podIP: z.string(), hostIP: z.string() }),
});

const replicaSet = z.object({ metadata: z.object({ ownerReferences: z.array(z.object({ name: z.string() })) }) });

export type EnvironmentVariable = z.output<typeof variable>;
export type Container = z.output<typeof container>;
export type Pod = z.output<typeof pod>;

/** The pods of a namespace that run and are to stay. */
export async function runningPods({ kubectlJson }: Kubectl, namespace: string, selector?: string): Promise<Pod[]> {
  const only = selector === undefined ? [] : ['--selector', selector];
  const list = z.object({ items: z.array(z.unknown()) });
  const running = ['--field-selector', 'status.phase=Running'];
  const { items } = await kubectlJson(['get', 'pods', '--namespace', namespace, ...running, ...only], list);
  return z
    .array(pod)
    .parse(items)
    .filter(({ metadata }) => metadata.deletionTimestamp === undefined);
}

/** Name of the Deployment that the API server says a pod belongs to. */
export async function deploymentOf({ kubectlJson }: Kubectl, { metadata }: Pod): Promise<string | undefined> {
  const owner = metadata.ownerReferences.find(({ kind }) => kind === 'ReplicaSet');
  if (owner === undefined) return undefined;
  const args = ['get', 'replicaset', owner.name, '--namespace', metadata.namespace];
  return (await kubectlJson(args, replicaSet)).metadata.ownerReferences[0]?.name;
}

/** How messages call it. */
export const podTitle = ({ metadata }: Pick<Pod, 'metadata'>): string => `${metadata.namespace}/${metadata.name}`;
