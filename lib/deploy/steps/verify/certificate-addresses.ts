import { z } from 'zod';
import { hostAddress } from '../../../provision/host-address.ts';
import type { DeployContext } from '../../../run/context.ts';
import { ifReachable } from '../../../run/kube/if-reachable.ts';
import { readJson } from '../../../run/kube/read.ts';

const ingress = z.object({
  status: z
    .object({
      loadBalancer: z
        .object({
          ingress: z.array(z.object({ ip: z.string().optional(), hostname: z.string().optional() })).nullish(),
        })
        .optional(),
    })
    .optional(),
});
const nodes = z.object({
  items: z.array(
    z.object({
      status: z.object({ addresses: z.array(z.object({ type: z.string(), address: z.string() })).default([]) }),
    }),
  ),
});

/**
 * Addresses at which the cluster may answer HTTPS, the likeliest first: a node itself often knows only an address that
 * leads nowhere from here. What cannot be asked is left out, as long as there is another.
 *
 * @throws PodhostError when there is none because the nodes cannot be asked
 */
export async function certificateAddresses(context: DeployContext): Promise<readonly string[]> {
  const { host } = context;
  const outside = [
    host === undefined ? undefined : await ifReachable(() => hostAddress(context, host)),
    await ifReachable(() => balancerAddress(context)),
  ].filter((address) => address !== undefined);
  const ofNodes = () => nodeAddresses(context);
  const inside = outside.length === 0 ? await ofNodes() : ((await ifReachable(ofNodes)) ?? []);
  return [...new Set([...outside, ...inside])];
}

/** Where the ingress controller says that the Ingress is reached. */
async function balancerAddress(context: DeployContext): Promise<string | undefined> {
  const { name, namespace } = context.config;
  const get = ['get', 'ingress', name, `--namespace=${namespace}`, '--output=json'];
  const { status } = await readJson(context, context.kubectl(get), ingress);
  const [first] = status?.loadBalancer?.ingress ?? [];
  return first?.ip ?? first?.hostname;
}

async function nodeAddresses(context: DeployContext): Promise<string[]> {
  const { items } = await readJson(context, context.kubectl(['get', 'nodes', '--output=json']), nodes);
  const addresses = items.flatMap(({ status }) => status.addresses);
  return ['ExternalIP', 'InternalIP'].flatMap((type) => addresses.find((it) => it.type === type)?.address ?? []);
}
