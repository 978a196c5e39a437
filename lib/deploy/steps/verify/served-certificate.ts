import { checkServerIdentity, connect, type PeerCertificate } from 'node:tls';
import { z } from 'zod';
import { hostAddress } from '../../../provision/ssh.ts';
import type { DeployContext } from '../../../run/context.ts';
import { ifReachable, readJson } from '../../../run/kube/read.ts';

/** The certificate that a server presents for a host. */
export interface ServedCertificate {
  /** Common name of the subject. */
  readonly subject: string;
  /** Common name or organization of the issuer. */
  readonly issuer: string;
  readonly validTo: Date;
  /** Reason why it is not valid for the host; undefined when it is valid. */
  readonly otherHost?: string;
  /** Reason why clients do not trust it; undefined when they do. */
  readonly untrusted?: string;
}

const timeoutMilliseconds = 5_000;

/**
 * Requests the certificate of a host by SNI, like a browser, without requiring trust.
 *
 * @throws Error when there is no answer or no TLS
 */
export function servedCertificate(address: string, port: number, host: string): Promise<ServedCertificate> {
  return new Promise((resolve, reject) => {
    // No data is sent, so an untrusted certificate is acceptable here.
    const socket = connect({ host: address, port, servername: host, rejectUnauthorized: false });
    const end = (settle: () => void) => {
      socket.destroy();
      settle();
    };
    socket.setTimeout(timeoutMilliseconds, () => end(() => reject(new Error('does not answer in 5 s'))));
    // For a name with several addresses the error has no message of its own.
    socket.once('error', (error) => end(() => reject(new Error(error.message || String(codeOf(error))))));
    socket.once('secureConnect', () => {
      const certificate = socket.getPeerCertificate();
      const { authorizationError } = socket;
      end(() => resolve(described(certificate, host, authorizationError)));
    });
  });
}

function described(certificate: PeerCertificate, host: string, authorizationError: unknown): ServedCertificate {
  const otherHost = checkServerIdentity(host, certificate)?.message;
  return {
    subject: text(certificate.subject.CN),
    issuer: text(certificate.issuer.CN ?? certificate.issuer.O),
    validTo: new Date(certificate.valid_to),
    ...(otherHost === undefined ? {} : { otherHost }),
    ...(authorizationError ? { untrusted: String(authorizationError) } : {}),
  };
}

const codeOf = (error: Error): unknown => ('code' in error ? error.code : error.name);

const text = (name: string | readonly string[] | undefined): string => [name ?? []].flat().join(', ');

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
 * Addresses at which the cluster may answer HTTPS, the most likely first, because the address of a node is often not
 * reachable from here. A source that cannot be queried is left out while there is another address.
 *
 * @throws PodhostError when the nodes cannot be queried and there is no other address
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

/** The load balancer address in the status of the Ingress. */
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
