import { z } from 'zod';
import type { DeployContext } from '../../run/context.ts';
import { readJson } from '../../run/kube/read.ts';

const condition = z.object({ type: z.string(), status: z.string(), message: z.string().optional() });
const taint = z.object({ key: z.string(), value: z.string().optional(), effect: z.string() });
const node = z.object({
  metadata: z.object({ name: z.string() }),
  spec: z.object({ unschedulable: z.boolean().optional(), taints: z.array(taint).optional() }).default({}),
  status: z.object({
    conditions: z.array(condition).default([]),
    nodeInfo: z.object({ architecture: z.string(), kernelVersion: z.string(), operatingSystem: z.string() }).optional(),
  }),
});

export type ClusterNode = z.output<typeof node>;
export type Taint = z.output<typeof taint>;

/** The nodes of the cluster. */
export const clusterNodes = async (context: DeployContext): Promise<ClusterNode[]> =>
  (await readJson(context, context.kubectl(['get', 'nodes', '--output=json']), z.object({ items: z.array(node) })))
    .items;
