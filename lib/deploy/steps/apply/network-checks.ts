import { z } from 'zod';
import { configName } from '../../../config/config-files.ts';
import type { SystemConfig } from '../../../config/schema/system.ts';
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

/** The Service that has each node port of the configuration. */
const nodePortsOf = ({ services }: SystemConfig): ReadonlyMap<number, string> =>
  new Map(
    services.flatMap(({ name, service, nodePort, ports }) =>
      [nodePort, ...ports.map((port) => port.nodePort)].flatMap((port) =>
        port === undefined ? [] : [[port, service.name ?? name] as const],
      ),
    ),
  );

/** Checks that no other Service has the node ports of the configuration, because each can be used only once. */
export const servicePortsCheck: Check = {
  name: 'the node ports of the Services',
  needs: ['cluster'],
  isNeeded: (scope) => runs(scope, 'apply') && nodePortsOf(scope.config).size > 0,
  async run({ context, scope }) {
    const { namespace } = scope.config;
    const wanted = nodePortsOf(scope.config);
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
                  suggestion: `write another nodePort for ${own} in ${configName(context.configFile)}, or remove it from the other Service: ${edit}`,
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
