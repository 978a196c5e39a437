import { z } from 'zod';
import { readJson, readObjectText } from '../../../run/kube/read.ts';
import { sh } from '../../../text/shell.ts';
import type { Check } from '../../preflight/preflight-context.ts';
import { runs } from '../../preflight/scope.ts';

const services = z.object({
  items: z.array(
    z.object({
      metadata: z.object({ name: z.string(), namespace: z.string() }),
      spec: z.object({ ports: z.array(z.object({ nodePort: z.number().optional() })).default([]) }),
    }),
  ),
});

/** Checks that no other Service has the node ports of the configuration, because each can be used only once. */
export const servicePortsCheck: Check = {
  name: 'the node ports of the Services',
  needs: ['cluster'],
  isNeeded: (scope) => runs(scope, 'apply') && scope.config.services.some(({ nodePort }) => nodePort !== undefined),
  async run({ context, scope }) {
    const { namespace } = scope.config;
    const wanted = new Map(scope.config.services.map(({ name, nodePort }) => [nodePort, name]));
    const query = context.kubectl(['get', 'services', '--all-namespaces', '--output=json']);
    const { items } = await readJson(context, query, services);
    return {
      problems: items.flatMap(({ metadata, spec }) =>
        spec.ports.flatMap(({ nodePort }) => {
          const own = nodePort === undefined ? undefined : wanted.get(nodePort);
          const edit = sh`kubectl edit service ${metadata.name} --namespace=${metadata.namespace}`;
          return own === undefined || (metadata.namespace === namespace && metadata.name === own)
            ? []
            : [
                {
                  code: 'deploy/node-port-taken',
                  message: `the Service ${metadata.name} in ${metadata.namespace} has the node port ${nodePort}, which the configuration gives to ${own}`,
                  suggestion: `write another nodePort for ${own} in ${context.configFile}, or remove it from the other Service: ${edit}`,
                },
              ];
        }),
      ),
    };
  },
};

/** Checks that the Secret with the certificate of the Ingress exists; without it Traefik silently serves its default certificate. */
export const certificateSecretCheck: Check = {
  name: 'the certificate of the Ingress',
  needs: ['cluster'],
  isNeeded: (scope) => runs(scope, 'apply') && scope.config.ingress?.certificate.secretName !== undefined,
  async run({ context, scope }) {
    const { namespace, ingress } = scope.config;
    const name = ingress?.certificate.secretName ?? '';
    const query = ['get', 'secret', name, `--namespace=${namespace}`, '--ignore-not-found', '--output=name'];
    const found = (await readObjectText(context, context.kubectl(query))).trim();
    const create = sh`kubectl create secret tls ${name} --namespace=${namespace} --cert=FILE --key=FILE`;
    return found === ''
      ? { notes: [`browsers will reject the certificate of ${ingress?.host} until the Secret is created: ${create}`] }
      : {};
  },
};
