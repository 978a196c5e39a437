import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ownValue } from '../../../own-value.ts';
import { PodhostError } from '../../../problems/podhost-error.ts';
import type { DeployContext } from '../../../run/context.ts';
import { distFile, distObjects, fieldManager } from '../../../run/kube/objects.ts';
import { ifReachable, readObjectText } from '../../../run/kube/read.ts';
import { systemLabels } from '../../../run/kube/system-objects.ts';
import { type Action, question, type Step } from '../../../run/step.ts';
import { runInstruction, sh } from '../../../text/shell.ts';
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

/** Creates the Secrets of the manifests. Their values are in no file, argument or log. */
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
      title: `Create the namespaces ${names.join(' and ')}`,
      upToDate: async () => ((await existing(context, names)) ? 'they exist' : undefined),
      commands: [kubectl(['apply', '--server-side', `--field-manager=${fieldManager}`, `--filename=${file}`])],
    },
    ...(enabled && !names.includes(namespace)
      ? [
          {
            title: `Create the namespace ${namespace}`,
            upToDate: async () => ((await existing(context, [namespace])) ? 'it exists' : undefined),
            // The labels show that this system owns the namespace.
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
  return (await readObjectText(context, query)).trim().split('\n').filter(Boolean).length === names.length;
}

/** Returns the error of a failed lookup, so that a dry run continues. */
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

/** Waits for the next second. Kubernetes stores whole seconds, and a container that starts later is known to have the new value. */
async function nextSecond({ signal }: DeployContext): Promise<void> {
  await sleep(1_000, undefined, { signal }).catch(() => {});
}

/** Asks before values of a Secret of another owner are replaced. */
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
      question: `Replace ${which}, which no deployment has created, with the value of the environment? To keep it, run ${unset}.`,
      refused: {
        code: 'deploy/other-secret-value',
        message: `${which} was not replaced because the answer was no, but the environment has another value`,
        suggestion: runInstruction(unset),
      },
    }),
  ];
}

function secretAction(context: DeployContext, secret: WantedSecret, state: SecretState | PodhostError): Action {
  const { name, namespace, keys } = secret;
  return {
    title: `Secret ${name} in ${namespace}`,
    upToDate: async () => {
      // The Secret may exist with keys that are not in the environment and must not become empty.
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
    verify: () => nextSecond(context),
  };
}

/**
 * Asks for values that are missing in the environment and in the cluster, and sets them in the environment.
 *
 * @param ask asks for a value without echoing it
 */
export async function askForSecrets(context: DeployContext, ask: (question: string) => Promise<string>): Promise<void> {
  for (const secret of wantedSecrets(context.config)) {
    const lookup = () => secretState(context, secret);
    // A cluster that this run installs has no Secrets yet; for any other cluster a failed lookup is an error.
    const state = await (context.config.deploy.k3s === undefined ? lookup() : ifReachable(lookup));
    const unset = secret.keys.filter((key) => (ownValue(context.environment, key) ?? '') === '');
    for (const key of state?.missing ?? unset) {
      context.environment[key] = await ask(
        `${key} (Secret ${secret.name} in ${secret.namespace}; the input is hidden): `,
      );
    }
  }
}
