import { join } from 'node:path';
import type { Action } from '../action.ts';
import { distObjects } from '../cluster/dist-objects.ts';
import { ifReachable } from '../cluster/if-reachable.ts';
import { readText } from '../cluster/read-json.ts';
import type { DeployContext } from '../deploy-context.ts';
import { distFile, fieldManager } from '../names.ts';
import { changeSecret, createSecret } from '../secrets/secret-command.ts';
import { assertUsable, type SecretState, secretState } from '../secrets/secret-state.ts';
import { type WantedSecret, wantedSecrets } from '../secrets/wanted-secrets.ts';
import type { Step } from '../step.ts';

/** Puts the secrets where the manifests look for them; nothing of them stands in a file, an argument or a log. */
export const secretsStep: Step = {
  name: 'secrets',
  title: 'Secrets',
  async actions(context) {
    const secrets = wantedSecrets(context.config);
    const states = await Promise.all(secrets.map((secret) => ifReachable(() => secretState(context, secret))));
    return [
      ...namespaceActions(context),
      ...secrets.map((secret, index) => secretAction(context, secret, states[index])),
    ];
  },
};

function namespaceActions(context: DeployContext): Action[] {
  const { kubectl, dist, config } = context;
  const file = join(dist, distFile.namespaces);
  const names = distObjects(dist).flatMap(({ kind, name }) => (kind === 'Namespace' ? [name] : []));
  const { enabled, namespace } = config.deploy.operator;
  return [
    {
      title: `Make the namespaces ${names.join(' and ')}`,
      alreadySo: async () => ((await existing(context, names)) ? 'they are there' : undefined),
      commands: [kubectl(['apply', '--server-side', `--field-manager=${fieldManager}`, `--filename=${file}`])],
    },
    ...(enabled && !names.includes(namespace)
      ? [
          {
            title: `Make the namespace ${namespace}`,
            alreadySo: async () => ((await existing(context, [namespace])) ? 'it is there' : undefined),
            commands: [kubectl(['create', 'namespace', namespace])],
          },
        ]
      : []),
  ];
}

async function existing(context: DeployContext, names: readonly string[]): Promise<boolean> {
  const query = context.kubectl(['get', 'namespace', ...names, '--ignore-not-found', '--output=name']);
  return (await readText(context, query)).trim().split('\n').filter(Boolean).length === names.length;
}

/** @param state undefined when the cluster could not be asked */
function secretAction(context: DeployContext, secret: WantedSecret, state: SecretState | undefined): Action {
  const { name, namespace, keys } = secret;
  return {
    title: `Secret ${name} in ${namespace}`,
    alreadySo: async () => {
      if (state === undefined) {
        return undefined;
      }
      assertUsable(state, secret, context);
      return state.different.length > 0
        ? undefined
        : `it has ${keys.join(', ')}${state.given.length > 0 ? ', with these values' : ''}`;
    },
    commands: [state?.exists === true ? changeSecret(context, secret, state.different) : createSecret(context, secret)],
  };
}
