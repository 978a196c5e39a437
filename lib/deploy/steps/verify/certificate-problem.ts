import type { SystemConfig } from '../../../config/schema/system.ts';
import type { Problem } from '../../../problems/problem.ts';
import { run, type ShellText, sh } from '../../../text/shell.ts';
import type { ServedCertificate } from './served-certificate.ts';

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
