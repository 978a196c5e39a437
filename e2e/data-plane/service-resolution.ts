import { z } from 'zod';
import type { Kubectl } from '../cluster/kubectl.ts';

const service = z.object({
  spec: z.object({
    type: z.string(),
    externalName: z.string().optional(),
    internalTrafficPolicy: z.string().optional(),
    ports: z.array(z.object({ name: z.string().default(''), port: z.number() })).default([]),
  }),
});

const endpointSlices = z.object({
  items: z.array(
    z.object({
      ports: z.array(z.object({ name: z.string().default(''), port: z.number() })).nullish(),
      endpoints: z
        .array(
          z.object({
            addresses: z.tuple([z.string()]),
            nodeName: z.string().optional(),
            conditions: z.object({ ready: z.boolean().optional() }).default({}),
          }),
        )
        .nullish(),
    }),
  ),
});

export interface Client {
  readonly namespace: string;
  readonly nodeName: string;
}

/** Where a name leads a pod, or why it leads nowhere. */
export type Resolution =
  | { readonly address: string; readonly port: number; readonly nodeName: string | undefined }
  | { readonly lost: string };

/**
 * Follows a name as the cluster's DNS and the node's kube-proxy would: ExternalName, then the Service, then an endpoint
 * that its traffic policy allows. Of several the one farthest away, since kube-proxy may choose that one too.
 */
export async function resolve(
  kubectl: Kubectl,
  client: Client,
  host: string,
  port: number,
  seen: readonly string[] = [],
): Promise<Resolution> {
  const [name = '', namespace = client.namespace, ...domain] = host.split('.');
  const title = `Service ${name} in namespace ${namespace}`;
  if (domain.length > 0 && !'svc.cluster.local'.startsWith(domain.join('.'))) return { lost: `${host} is no Service` };
  if (seen.includes(title)) return { lost: `${title} leads back to itself` };
  const found = await kubectl.kubectl(['get', 'service', name, '--namespace', namespace, '--output', 'json']);
  if (found.exitCode !== 0) return { lost: `${title} does not exist` };
  const { spec } = service.parse(JSON.parse(found.stdout));
  if (spec.type === 'ExternalName') return resolve(kubectl, client, spec.externalName ?? '', port, [...seen, title]);
  const portName = spec.ports.find((candidate) => candidate.port === port)?.name;
  if (portName === undefined) return { lost: `${title} has no port ${port}` };
  const endpoints = await endpointsOf(kubectl, namespace, name, portName);
  const allowed = spec.internalTrafficPolicy === 'Local' ? endpoints.filter(isOn(client.nodeName)) : endpoints;
  const farthest = allowed.find((endpoint) => !isOn(client.nodeName)(endpoint)) ?? allowed[0];
  const where = spec.internalTrafficPolicy === 'Local' ? `no pod on node ${client.nodeName}` : 'no pod';
  return farthest ?? { lost: `${title} has ${where} behind it` };
}

const isOn =
  (node: string) =>
  ({ nodeName }: { readonly nodeName: string | undefined }): boolean =>
    nodeName === node;

async function endpointsOf({ kubectlJson }: Kubectl, namespace: string, name: string, portName: string) {
  const selector = `kubernetes.io/service-name=${name}`;
  const list = ['get', 'endpointslices', '--namespace', namespace, '--selector', selector];
  const { items } = await kubectlJson(list, endpointSlices);
  return items.flatMap(({ ports, endpoints }) => {
    const port = (ports ?? []).find((candidate) => candidate.name === portName)?.port;
    return (endpoints ?? []).flatMap(({ addresses: [address], nodeName, conditions }) =>
      port === undefined || conditions.ready === false ? [] : [{ address, port, nodeName }],
    );
  });
}
