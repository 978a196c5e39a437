import type { SystemConfig } from '../../../config/schema/system.ts';
import { PodhostError } from '../../../problems/podhost-error.ts';
import type { Problem } from '../../../problems/problem.ts';
import type { DeployContext } from '../../../run/context.ts';
import { refuseWhenStopped } from '../../../run/problems.ts';
import type { Action } from '../../../run/step.ts';
import { certificateSeconds, check, found } from '../../../run/verification.ts';
import { run, type ShellText, sh } from '../../../text/shell.ts';
import { certificateAddresses, type ServedCertificate, servedCertificate } from './served-certificate.ts';

/** How the certificate is asked for; tests answer themselves. */
export type CertificateProbe = (address: string, port: number, host: string) => Promise<ServedCertificate>;

const httpsPort = 443;

/**
 * Asks the cluster's own addresses for the certificate of the ingress, until one answers: the host's name may lead there
 * only later. What Traefik serves when it has none is a certificate as well, so nothing else would tell.
 */
export function certificateCheck(
  context: DeployContext,
  { host }: NonNullable<SystemConfig['ingress']>,
  probe: CertificateProbe = servedCertificate,
): Action {
  const props = { title: `The certificate of ${host} is served`, patienceSeconds: certificateSeconds(context) };
  return check(context, props, async () => {
    const { address, served } = await firstAnswer(context, host, probe);
    const problem = certificateProblem(served, context, new Date());
    if (problem !== undefined) {
      throw new PodhostError([{ ...problem, message: `${problem.message}; asked at ${address}` }], 3);
    }
    const doubt = served.untrusted === undefined ? '' : `, which this machine does not trust (${served.untrusted})`;
    return `issued by ${served.issuer}, until ${served.validTo.toISOString().slice(0, 10)}${doubt}`;
  });
}

interface Answer {
  readonly address: string;
  readonly served: ServedCertificate;
}

async function firstAnswer(context: DeployContext, host: string, probe: CertificateProbe): Promise<Answer> {
  const addresses = await certificateAddresses(context);
  if (addresses.length === 0) {
    throw found('no-node-address', 'no node has an address', run(sh`kubectl get nodes --output wide`));
  }
  const silent: string[] = [];
  for (const address of addresses) {
    try {
      return { address, served: await probe(address, httpsPort, host) };
    } catch (error) {
      silent.push(`${address} (${error instanceof Error ? error.message : error})`);
    }
    refuseWhenStopped(context);
  }
  throw found(
    'no-tls',
    `nobody answers HTTPS for ${host} on port ${httpsPort} of ${silent.join(', ')}`,
    `let port ${httpsPort} through, if a firewall stands between this machine and there; and see whether Traefik runs: ${sh`kubectl get pods,services --namespace kube-system --selector app.kubernetes.io/name=traefik`}`,
  );
}

type Ingress = NonNullable<SystemConfig['ingress']>;

/** What is wrong with the certificate that is served for the ingress; undefined when nothing is. */
export function certificateProblem(
  served: ServedCertificate,
  { config: { name, namespace, ingress } }: { readonly config: Pick<SystemConfig, 'name' | 'namespace' | 'ingress'> },
  now: Date,
): Problem | undefined {
  if (ingress === undefined) {
    return undefined;
  }
  const { host } = ingress;
  if (served.subject === 'TRAEFIK DEFAULT CERT') {
    return {
      code: 'deploy/default-certificate',
      message: `${host} is served with Traefik's default certificate, so the one of the configuration is not there`,
      suggestion: run(whereToLook(ingress, name, namespace)),
    };
  }
  if (served.otherHost !== undefined) {
    return {
      code: 'deploy/certificate-of-other-host',
      message: `${host} is served with the certificate of ${served.subject || 'nobody'}, which is not for it`,
      suggestion: run(whereToLook(ingress, name, namespace)),
    };
  }
  if (served.validTo < now) {
    return {
      code: 'deploy/certificate-expired',
      message: `the certificate of ${host} has expired on ${served.validTo.toISOString().slice(0, 10)}`,
      suggestion: run(whereToLook(ingress, name, namespace)),
    };
  }
  return undefined;
}

/** What shows why the wanted certificate is not there. */
function whereToLook({ certificate }: Ingress, name: string, namespace: string): ShellText {
  if (certificate.secretName !== undefined) {
    return sh`kubectl get secret ${certificate.secretName} --namespace ${namespace} --field-selector type=kubernetes.io/tls`;
  }
  if (certificate.certManager !== undefined) {
    return sh`kubectl describe certificate ${`${name}-tls`} --namespace ${namespace}`;
  }
  return sh`kubectl logs deployment/traefik --namespace kube-system | grep -i acme`;
}
