import { checkServerIdentity, connect, type PeerCertificate } from 'node:tls';
import { z } from 'zod';
import { hostAddress } from '../../../provision/ssh.ts';
import type { DeployContext } from '../../../run/context.ts';
import { ifReachable, readJson } from '../../../run/kube/read.ts';

/** What a server shows to whoever asks for a host. */
export interface ServedCertificate {
  /** Common name of the one it is for. */
  readonly subject: string;
  /** Common name, or organization, of the one who says so. */
  readonly issuer: string;
  readonly validTo: Date;
  /** Why it is not for the host; undefined when it is. */
  readonly otherHost?: string;
  /** Why clients do not trust it; undefined when they do. */
  readonly untrusted?: string;
}

const timeoutMilliseconds = 5_000;

/**
 * Asks a server for the certificate of a host, as a browser does by SNI, whether it is to be trusted or not.
 *
 * @throws Error when nobody answers or what answers speaks no TLS
 */
export function servedCertificate(address: string, port: number, host: string): Promise<ServedCertificate> {
  return new Promise((resolve, reject) => {
    // What it shows is looked at and nothing is sent, so there is nothing to protect yet.
    const socket = connect({ host: address, port, servername: host, rejectUnauthorized: false });
    const end = (settle: () => void) => {
      socket.destroy();
      settle();
    };
    socket.setTimeout(timeoutMilliseconds, () => end(() => reject(new Error('does not answer in 5 s'))));
    // A name with several addresses fails with an error for each of them, and no message of its own.
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
