import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ownValue } from '../../../own-value.ts';
import { PodhostError } from '../../../problems/podhost-error.ts';
import type { DeployContext } from '../../../run/context.ts';
import { distObjects } from '../../../run/kube/manifests.ts';
import { distFile, fieldManager } from '../../../run/kube/objects.ts';
import { ifReachable, readText } from '../../../run/kube/read.ts';
import { systemLabels } from '../../../run/kube/system-objects.ts';
import type { Action, Step } from '../../../run/step.ts';
import { question } from '../../../run/step.ts';
import { run, sh } from '../../../text/shell.ts';
import { toYaml } from '../../../yaml/to-yaml.ts';
import {
  assertUsable,
  changeSecret,
  createSecret,
  type SecretState,
  secretState,
  type WantedSecret,
  wantedSecrets,
} from './secret.ts';

/** Puts the secrets where the manifests look for them; nothing of them stands in a file, an argument or a log. */
export const secretsStep: Step = {
  name: 'secrets',
  title: 'Secrets',
  async actions(context) {
    const secrets = wantedSecrets(context.config);
    const actions = secrets.map(async (secret) => {
      const state = await stateOrError(context, secret);
      return [...questions(context, secret, state), secretAction(context, secret, state)];
    });
    return [...namespaceActions(context), ...(await Promise.all(actions)).flat()];
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
            // With labels, so that it is known later who has made it.
            commands: [
              kubectl(['apply', '--server-side', `--field-manager=${fieldManager}`, '--filename=-'], {
                input: { text: toYaml(namespaceObject(context, namespace)) },
              }),
            ],
          },
        ]
      : []),
  ];
}

const namespaceObject = ({ config }: DeployContext, name: string): object => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name, labels: systemLabels(config) },
});

async function existing(context: DeployContext, names: readonly string[]): Promise<boolean> {
  const query = context.kubectl(['get', 'namespace', ...names, '--ignore-not-found', '--output=name']);
  return (await readText(context, query)).trim().split('\n').filter(Boolean).length === names.length;
}

/** A dry run goes on where the cluster could not be asked. */
async function stateOrError(context: DeployContext, secret: WantedSecret): Promise<SecretState | PodhostError> {
  try {
    return await secretState(context, secret);
  } catch (error) {
    if (error instanceof PodhostError) {
      return error;
    }
    throw error;
  }
}

/** Kubernetes keeps whole seconds: who starts in a later one is known to have read the new value, and is not restarted. */
async function nextSecond({ signal }: DeployContext): Promise<void> {
  await sleep(1_000, undefined, { signal }).catch(() => {});
}

/** What somebody else has put there may be meant to stay. */
function questions(
  context: DeployContext,
  { name, namespace }: WantedSecret,
  state: SecretState | PodhostError,
): Action[] {
  if (state instanceof PodhostError || state.foreign.length === 0) {
    return [];
  }
  const which = `${state.foreign.join(', ')} of the Secret ${name} in ${namespace}`;
  const unset = sh`unset ${state.foreign}`;
  return [
    question(context, {
      title: `Ask whether ${which} may be replaced`,
      question: `Replace ${which}, which was not made by a deployment, with what the environment has? To keep it, ${unset}.`,
      refused: {
        code: 'deploy/other-secret-value',
        message: `${which} was not to be replaced, and the environment has another value`,
        suggestion: run(unset),
      },
    }),
  ];
}

function secretAction(context: DeployContext, secret: WantedSecret, state: SecretState | PodhostError): Action {
  const { name, namespace, keys } = secret;
  return {
    title: `Secret ${name} in ${namespace}`,
    alreadySo: async () => {
      // It may be there, with keys that the environment does not have and that must not become empty.
      if (state instanceof PodhostError) {
        throw state;
      }
      assertUsable(state, secret, context);
      return state.different.length > 0
        ? undefined
        : `it has ${keys.join(', ')}${state.given.length > 0 ? ', with these values' : ''}`;
    },
    commands: [
      'exists' in state && state.exists
        ? changeSecret(context, secret, state.different)
        : createSecret(context, secret),
    ],
    prove: () => nextSecond(context),
  };
}

/**
 * Asks for the values that neither the environment nor the cluster has, and puts them into the environment.
 *
 * @param ask asks for a value that does not show
 */
export async function askForSecrets(context: DeployContext, ask: (question: string) => Promise<string>): Promise<void> {
  for (const secret of wantedSecrets(context.config)) {
    const look = () => secretState(context, secret);
    // Where the run makes the cluster first, it has nothing yet; elsewhere not to know is no reason to ask for all.
    const state = await (context.config.deploy.k3s === undefined ? look() : ifReachable(look));
    const unset = secret.keys.filter((key) => (ownValue(context.environment, key) ?? '') === '');
    for (const key of state?.missing ?? unset) {
      context.environment[key] = await ask(
        `${key} (Secret ${secret.name} in ${secret.namespace}; what you type does not show): `,
      );
    }
  }
}
