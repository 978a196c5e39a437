import { readText } from '../../../run/kube/read.ts';
import { sh } from '../../../text/shell.ts';
import type { Check } from '../../preflight/check.ts';
import { runs } from '../../preflight/scope.ts';

/** The certificate of the Ingress is there: without it Traefik serves one of its own, and says nothing. */
export const certificateCheck: Check = {
  name: 'the certificate of the Ingress',
  needs: ['cluster'],
  isNeeded: (scope) => runs(scope, 'apply') && scope.config.ingress?.certificate.secretName !== undefined,
  async look({ context, scope }) {
    const { namespace, ingress } = scope.config;
    const name = ingress?.certificate.secretName ?? '';
    const query = ['get', 'secret', name, `--namespace=${namespace}`, '--ignore-not-found', '--output=name'];
    const found = (await readText(context, context.kubectl(query))).trim();
    const create = sh`kubectl create secret tls ${name} --namespace=${namespace} --cert=FILE --key=FILE`;
    return found === ''
      ? { notes: [`browsers will refuse the certificate of ${ingress?.host} until this is run: ${create}`] }
      : {};
  },
};
