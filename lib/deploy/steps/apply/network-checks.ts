import { z } from 'zod';
import { readJson, readText } from '../../../run/kube/read.ts';
import { sh } from '../../../text/shell.ts';
import type { Check } from '../../preflight/check.ts';
import { runs } from '../../preflight/check.ts';

const services = z.object({
  items: z.array(
    z.object({
      metadata: z.object({ name: z.string(), namespace: z.string() }),
      spec: z.object({ ports: z.array(z.object({ nodePort: z.number().optional() })).default([]) }),
    }),
  ),
});

/** No other Service has the node ports of the configuration: the server gives each out once. */
export const servicePortsCheck: Check = {
  name: 'the node ports of the Services',
  needs: ['cluster'],
  isNeeded: (scope) => runs(scope, 'apply') && scope.config.services.some(({ nodePort }) => nodePort !== undefined),
  async look({ context, scope }) {
    const { namespace } = scope.config;
    const wanted = new Map(scope.config.services.map(({ name, nodePort }) => [nodePort, name]));
    const query = context.kubectl(['get', 'services', '--all-namespaces', '--output=json']);
    const { items } = await readJson(context, query, services);
    return {
      problems: items.flatMap(({ metadata, spec }) =>
        spec.ports.flatMap(({ nodePort }) => {
          const ours = nodePort === undefined ? undefined : wanted.get(nodePort);
          const edit = sh`kubectl edit service ${metadata.name} --namespace=${metadata.namespace}`;
          return ours === undefined || (metadata.namespace === namespace && metadata.name === ours)
            ? []
            : [
                {
                  code: 'deploy/node-port-taken',
                  message: `the Service ${metadata.name} in ${metadata.namespace} has the node port ${nodePort}, which ${ours} is to get`,
                  suggestion: `write another nodePort for ${ours} in ${context.configFile}, or take it from the other: ${edit}`,
                },
              ];
        }),
      ),
    };
  },
};

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
