import { z } from 'zod';
import type { SystemConfig } from '../../config/schema/system.ts';
import { PodhostError } from '../../problems/podhost-error.ts';
import type { Action } from '../action.ts';
import { readJson } from '../cluster/read-json.ts';
import type { DeployContext } from '../deploy-context.ts';
import { certificateProblem } from './certificate-problem.ts';
import { check, found } from './check.ts';
import { type ServedCertificate, servedCertificate } from './served-certificate.ts';

/** How the certificate is asked for; tests answer themselves. */
export type CertificateProbe = (address: string, port: number, host: string) => Promise<ServedCertificate>;

const httpsPort = 443;

const nodes = z.object({
  items: z.array(
    z.object({ status: z.object({ addresses: z.array(z.object({ type: z.string(), address: z.string() })) }) }),
  ),
});

/**
 * Asks the cluster's own address for the certificate of the ingress: the host's name may lead there only later. What
 * Traefik serves when it has none is a certificate as well, so nothing else would tell.
 */
export function certificateCheck(
  context: DeployContext,
  { host }: NonNullable<SystemConfig['ingress']>,
  probe: CertificateProbe = servedCertificate,
): Action {
  return check(context, `The certificate of ${host} is served`, async () => {
    const address = await nodeAddress(context);
    const served = await probe(address, httpsPort, host).catch((error: Error) => {
      throw found(
        'no-tls',
        `nobody answers HTTPS for ${host} at ${address}:${httpsPort}: ${error.message}`,
        'run: kubectl get pods,services --namespace kube-system --selector app.kubernetes.io/name=traefik',
      );
    });
    const problem = certificateProblem(served, context, new Date());
    if (problem !== undefined) {
      throw new PodhostError([problem], 3);
    }
    const doubt = served.untrusted === undefined ? '' : `, which this machine does not trust (${served.untrusted})`;
    return `issued by ${served.issuer}, until ${served.validTo.toISOString().slice(0, 10)}${doubt}`;
  });
}

/** An address of a node that is reached from outside, where there is one. */
async function nodeAddress(context: DeployContext): Promise<string> {
  const { items } = await readJson(context, context.kubectl(['get', 'nodes', '--output=json']), nodes);
  const addresses = items.flatMap(({ status }) => status.addresses);
  const of = (type: string) => addresses.find((address) => address.type === type)?.address;
  const address = of('ExternalIP') ?? of('InternalIP');
  if (address === undefined) {
    throw found('no-node-address', 'no node has an address', 'run: kubectl get nodes --output wide');
  }
  return address;
}
