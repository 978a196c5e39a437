import type { SystemConfig } from '../../../config/schema/system.ts';
import { PodhostError } from '../../../problems/podhost-error.ts';
import type { Problem } from '../../../problems/problem.ts';
import type { DeployContext } from '../../../run/context.ts';
import { refuseWhenStopped } from '../../../run/problems.ts';
import type { Action } from '../../../run/step.ts';
import { certificateTimeoutSeconds, verification, verificationError } from '../../../run/verification.ts';
import { runInstruction, type ShellText, sh } from '../../../text/shell.ts';
import { certificateAddresses, type ServedCertificate, servedCertificate } from './served-certificate.ts';

/** Requests the certificate of a server; tests replace it. */
export type CertificateProbe = (address: string, port: number, host: string) => Promise<ServedCertificate>;

const httpsPort = 443;

/**
 * Verifies the served certificate of the ingress at the addresses of the cluster, because DNS may not be set up yet.
 * Without this, the default certificate of Traefik would not be noticed.
 */
export function verifyCertificate(
  context: DeployContext,
  { host }: NonNullable<SystemConfig['ingress']>,
  probe: CertificateProbe = servedCertificate,
): Action {
  const props = { title: `The certificate of ${host} is served`, timeoutSeconds: certificateTimeoutSeconds(context) };
  return verification(context, props, async () => {
    const { address, served } = await firstAnswer(context, host, probe);
    const problem = certificateProblem(served, context, new Date());
    if (problem !== undefined) {
      throw new PodhostError([{ ...problem, message: `${problem.message}; requested from ${address}` }], 3);
    }
    const trust = served.untrusted === undefined ? '' : `, which this machine does not trust (${served.untrusted})`;
    return `issued by ${served.issuer}, until ${served.validTo.toISOString().slice(0, 10)}${trust}`;
  });
}

interface Answer {
  readonly address: string;
  readonly served: ServedCertificate;
}

async function firstAnswer(context: DeployContext, host: string, probe: CertificateProbe): Promise<Answer> {
  const addresses = await certificateAddresses(context);
  if (addresses.length === 0) {
    throw verificationError(
      'no-node-address',
      'no node has an address',
      runInstruction(sh`kubectl get nodes --output wide`),
    );
  }
  const unanswered: string[] = [];
  for (const address of addresses) {
    try {
      return { address, served: await probe(address, httpsPort, host) };
    } catch (error) {
      unanswered.push(`${address} (${error instanceof Error ? error.message : error})`);
    }
    refuseWhenStopped(context);
  }
  throw verificationError(
    'no-tls',
    `no server answers HTTPS for ${host} on port ${httpsPort} of ${unanswered.join(', ')}`,
    `allow port ${httpsPort} in the firewall, and check whether Traefik runs: ${sh`kubectl get pods,services --namespace kube-system --selector app.kubernetes.io/name=traefik`}`,
  );
}

type Ingress = NonNullable<SystemConfig['ingress']>;

/** Returns the problem of the served certificate of the ingress. */
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
      message: `${host} is served with Traefik's default certificate, so the certificate of the configuration is missing`,
      suggestion: runInstruction(diagnosis(ingress, name, namespace)),
    };
  }
  if (served.otherHost !== undefined) {
    return {
      code: 'deploy/certificate-of-other-host',
      message: `${host} is served with the certificate of ${served.subject || 'an empty subject'}, which is not valid for this host`,
      suggestion: runInstruction(diagnosis(ingress, name, namespace)),
    };
  }
  if (served.validTo < now) {
    return {
      code: 'deploy/certificate-expired',
      message: `the certificate of ${host} expired on ${served.validTo.toISOString().slice(0, 10)}`,
      suggestion: runInstruction(diagnosis(ingress, name, namespace)),
    };
  }
  return undefined;
}

/** A command that shows why the certificate is missing. */
function diagnosis({ certificate }: Ingress, name: string, namespace: string): ShellText {
  if (certificate.secretName !== undefined) {
    return sh`kubectl get secret ${certificate.secretName} --namespace ${namespace} --field-selector type=kubernetes.io/tls`;
  }
  if (certificate.certManager !== undefined) {
    return sh`kubectl describe certificate ${`${name}-tls`} --namespace ${namespace}`;
  }
  return sh`kubectl logs deployment/traefik --namespace kube-system | grep -i acme`;
}
