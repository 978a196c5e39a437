import { z } from 'zod';
import { collectorSecret } from '../../../chart/names.ts';
import type { SystemConfig } from '../../../config/schema/system.ts';
import { ownValue } from '../../../own-value.ts';
import { PodhostError } from '../../../problems/podhost-error.ts';
import type { Problem } from '../../../problems/problem.ts';
import type { Command } from '../../../run/command/command.ts';
import type { DeployContext } from '../../../run/context.ts';
import { fieldManager, ownedMetadata } from '../../../run/kube/objects.ts';
import { answerOf, readObjectText } from '../../../run/kube/read.ts';
import { hasSystemLabels, labelArguments } from '../../../run/kube/system-objects.ts';
import { runInstruction, type ShellText, sh, variableWord } from '../../../text/shell.ts';
import { type VariableName, variableName } from '../../../text/variable-name.ts';

/** A Secret that the system needs and that is in no manifest. */
export interface WantedSecret {
  readonly name: string;
  readonly namespace: string;
  /** Its keys, which are also the names of the environment variables with the values. */
  readonly keys: readonly VariableName[];
}

/** The Secrets that a deployment creates, without those of the External Secrets Operator. */
export function wantedSecrets({ namespace, services, secret, collector, deploy }: SystemConfig): WantedSecret[] {
  const { operator } = deploy;
  const readers = services.filter(({ secretKeys }) => secretKeys.length > 0);
  const namespaces = new Set([namespace, ...readers.map((service) => service.namespace ?? namespace)]);
  const wanted = [
    ...(secret === undefined || secret.externalSecret !== undefined
      ? []
      : [...namespaces].map((each) => ({ name: secret.name, namespace: each, keys: secret.keys }))),
    ...(collector.delivery === 'existing'
      ? []
      : [{ name: collectorSecret.name, namespace: collector.namespace, keys: [collectorSecret.key] }]),
    ...(operator.enabled
      ? [{ name: operator.secret.name, namespace: operator.namespace, keys: [operator.secret.key] }]
      : []),
  ];
  return wanted.filter(({ keys }) => keys.length > 0).map((it) => ({ ...it, keys: it.keys.map(variableName) }));
}

/** Names of all environment variables that hold secrets. */
export const secretNames = ({ secret, deploy }: SystemConfig): string[] => [
  ...new Set([...(secret?.keys ?? []), collectorSecret.key, deploy.operator.secret.key]),
];

/** A Secret compared with the environment. */
export interface SecretState {
  readonly exists: boolean;
  /** Keys whose values are in the environment. */
  readonly given: readonly VariableName[];
  /** The given keys whose value in the cluster is different or missing. */
  readonly different: readonly VariableName[];
  /** The given keys whose value is different in a Secret that this system does not own. */
  readonly foreign: readonly VariableName[];
  /** Keys without a value in the cluster and in the environment. */
  readonly missing: readonly VariableName[];
}

const found = z.object({ metadata: ownedMetadata, data: z.record(z.string(), z.string()).default({}) });

/** Looks a Secret up. Values that equal those of the environment are masked in the output. */
export async function secretState(context: DeployContext, secret: WantedSecret): Promise<SecretState> {
  const { name, namespace, keys } = secret;
  const query = ['get', 'secret', name, `--namespace=${namespace}`, '--ignore-not-found', '--output=json'];
  const command = context.kubectl(query);
  const text = await readObjectText(context, command);
  const present = text.trim() === '' ? undefined : answerOf(command, text, found);
  const data = present?.data ?? {};
  const given = keys.filter((key) => (ownValue(context.environment, key) ?? '') !== '');
  const different = given.filter((key) => ownValue(data, key) !== `***${key}***`);
  const isOwn = present === undefined || hasSystemLabels(context.config, present.metadata);
  return {
    exists: present !== undefined,
    given,
    different,
    foreign: isOwn ? [] : different.filter((key) => ownValue(data, key) !== undefined),
    missing: keys.filter((key) => !given.includes(key) && ownValue(data, key) === undefined),
  };
}

/** Maximum length of a line that kubectl reads from an env file. */
const longestValue = 60_000;

/**
 * Ensures that all keys have a value that kubectl can read.
 *
 * @throws PodhostError with one problem for each key
 */
export function assertUsable({ missing, given }: SecretState, secret: WantedSecret, context: DeployContext): void {
  const problems = [
    ...missing.map((key) => missingProblem(key, secret)),
    ...given.flatMap((key) => unusableProblem(key, ownValue(context.environment, key) ?? '', secret)),
  ];
  const [first, ...others] = problems;
  if (first !== undefined) {
    throw new PodhostError([first, ...others]);
  }
}

const missingProblem = (key: VariableName, { name, namespace }: WantedSecret): Problem => ({
  code: 'deploy/no-secret-value',
  message: `the Secret ${name} in ${namespace} has no key ${key}, and the environment has no variable ${key}`,
  suggestion: runInstruction(variableLine(key)),
});

function unusableProblem(key: string, value: string, { name }: WantedSecret): Problem[] {
  const reason = /[\r\n]/.test(value)
    ? 'has a line break, but kubectl reads one line for each value'
    : Buffer.byteLength(value) > longestValue
      ? `is longer than ${longestValue} bytes, the longest line that kubectl reads`
      : undefined;
  return reason === undefined
    ? []
    : [
        {
          code: 'deploy/unusable-secret-value',
          message: `the value of ${key} for the Secret ${name} ${reason}`,
          suggestion: 'export another value, or create the Secret yourself and unset the variable',
        },
      ];
}

/** Creates a Secret. Its values come from the environment through standard input. */
export function createSecret(context: DeployContext, secret: WantedSecret): Command {
  const created = fromEnvironment(context, secret, secret.keys);
  const labelled = context.kubectl(['label', '--local', '--filename=-', ...labelArguments(context.config), '-o=yaml'], {
    input: { from: created },
  });
  const apply = ['apply', '--server-side', `--field-manager=${fieldManager}`, '--filename=-'];
  return context.kubectl(apply, { input: { from: labelled } });
}

/** Changes keys of an existing Secret and keeps its other keys and its owner. */
export function changeSecret(context: DeployContext, secret: WantedSecret, keys: readonly VariableName[]): Command {
  const { name, namespace } = secret;
  const patch = ['patch', 'secret', name, `--namespace=${namespace}`, '--type=merge', '--patch-file=/dev/stdin'];
  return context.kubectl([...patch, `--field-manager=${fieldManager}`], {
    input: { from: fromEnvironment(context, secret, keys) },
  });
}

function fromEnvironment(
  context: DeployContext,
  { name, namespace }: WantedSecret,
  keys: readonly VariableName[],
): Command {
  const create = ['create', 'secret', 'generic', name, `--namespace=${namespace}`];
  return context.kubectl([...create, '--from-env-file=/dev/stdin', '--dry-run=client', '-o=yaml'], {
    input: { secrets: keys },
  });
}

/** Properties of a command that creates a Secret. */
export interface SecretLineProps {
  readonly name: string;
  readonly namespace: string;
  /** Its keys, which are also the names of the environment variables with the values. */
  readonly keys: readonly VariableName[];
}

/** A shell line that creates a Secret. Values go through standard input, because every user can read arguments. */
export const secretLine = ({ name, namespace, keys }: SecretLineProps): ShellText => {
  const create = sh`kubectl create secret generic ${name} --namespace=${namespace} --from-env-file=/dev/stdin`;
  return sh`printf '%s\\n' ${keys.map(variableWord)} | ${create}`;
};

/** A shell line that asks for a value without echoing it and exports it. */
export const variableLine = (key: VariableName): ShellText => sh`read -rs ${key} && export ${key}`;
