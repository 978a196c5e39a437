import { z } from 'zod';
import { collectorSecret } from '../../../chart/names.ts';
import type { SystemConfig } from '../../../config/schema/system.ts';
import { ownValue } from '../../../own-value.ts';
import { PodhostError } from '../../../problems/podhost-error.ts';
import type { Problem } from '../../../problems/problem.ts';
import type { Command } from '../../../run/command/command.ts';
import type { DeployContext } from '../../../run/context.ts';
import { fieldManager } from '../../../run/kube/objects.ts';
import { answerOf, readText } from '../../../run/kube/read.ts';
import { ownedMetadata } from '../../../run/kube/shapes.ts';
import { hasSystemLabels, labelArguments } from '../../../run/kube/system-objects.ts';
import { run, type ShellText, sh, variableWord } from '../../../text/shell.ts';
import { type VariableName, variableName } from '../../../text/variable-name.ts';

/** A Secret that the system needs and that stands in no file. */
export interface WantedSecret {
  readonly name: string;
  readonly namespace: string;
  /** Its keys, which are also the environment variables that their values are looked up in. */
  readonly keys: readonly VariableName[];
}

/** The Secrets that a deployment makes. One that the External Secrets Operator makes is none of them. */
export function wantedSecrets({ namespace, secret, collector, deploy }: SystemConfig): WantedSecret[] {
  const { operator } = deploy;
  const wanted = [
    ...(secret === undefined || secret.externalSecret !== undefined
      ? []
      : [{ name: secret.name, namespace, keys: secret.keys }]),
    { name: collectorSecret.name, namespace: collector.namespace, keys: [collectorSecret.key] },
    ...(operator.enabled
      ? [{ name: operator.secret.name, namespace: operator.namespace, keys: [operator.secret.key] }]
      : []),
  ];
  return wanted.filter(({ keys }) => keys.length > 0).map((it) => ({ ...it, keys: it.keys.map(variableName) }));
}

/** Names of the environment variables that hold secrets, whether a Secret is made of them or not. */
export const secretNames = ({ secret, deploy }: SystemConfig): string[] => [
  ...new Set([...(secret?.keys ?? []), collectorSecret.key, deploy.operator.secret.key]),
];

/** How a Secret compares with the environment. */
export interface SecretState {
  readonly exists: boolean;
  /** Keys whose values are in the environment. */
  readonly given: readonly VariableName[];
  /** Those of them that the cluster has otherwise, or not at all. */
  readonly different: readonly VariableName[];
  /** Those of them that a Secret has otherwise which this system has not made. */
  readonly foreign: readonly VariableName[];
  /** Keys that neither the cluster nor the environment has. */
  readonly missing: readonly VariableName[];
}

const found = z.object({ metadata: ownedMetadata, data: z.record(z.string(), z.string()).default({}) });

/** Looks a Secret up. Its values stay unseen: what equals the environment's comes masked. */
export async function secretState(context: DeployContext, secret: WantedSecret): Promise<SecretState> {
  const { name, namespace, keys } = secret;
  const query = ['get', 'secret', name, `--namespace=${namespace}`, '--ignore-not-found', '--output=json'];
  const command = context.kubectl(query);
  const text = await readText(context, command);
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

/** kubectl reads its input line by line, and no line that is longer. */
const longestValue = 60_000;

/**
 * Refuses what cannot be made a Secret of.
 *
 * @throws PodhostError with a problem a key
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
  suggestion: run(variableLine(key)),
});

function unusableProblem(key: string, value: string, { name }: WantedSecret): Problem[] {
  const reason = /[\r\n]/.test(value)
    ? 'has a line break, and kubectl reads one line a value'
    : Buffer.byteLength(value) > longestValue
      ? `is longer than ${longestValue} bytes, and kubectl reads no longer line`
      : undefined;
  return reason === undefined
    ? []
    : [
        {
          code: 'deploy/unusable-secret-value',
          message: `the value of ${key} for the Secret ${name} ${reason}`,
          suggestion: 'export another value, or make the Secret yourself and unset the variable',
        },
      ];
}

/** What makes a Secret that is not there. Its values come from the environment, over standard input alone. */
export function createSecret(context: DeployContext, secret: WantedSecret): Command {
  const made = fromEnvironment(context, secret, secret.keys);
  const labelled = context.kubectl(['label', '--local', '--filename=-', ...labelArguments(context.config), '-o=yaml'], {
    input: { from: made },
  });
  const apply = ['apply', '--server-side', `--field-manager=${fieldManager}`, '--filename=-'];
  return context.kubectl(apply, { input: { from: labelled } });
}

/** What sets some keys of a Secret that is there, and leaves all others and its owner as they are. */
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

/** The Secret that a line makes. */
export interface SecretLineProps {
  readonly name: string;
  readonly namespace: string;
  /** Its keys, which are also the environment variables with their values. */
  readonly keys: readonly VariableName[];
}

/** The line for a shell that makes a Secret. Values go over standard input: arguments are for everybody to read. */
export const secretLine = ({ name, namespace, keys }: SecretLineProps): ShellText => {
  const create = sh`kubectl create secret generic ${name} --namespace=${namespace} --from-env-file=/dev/stdin`;
  return sh`printf '%s\\n' ${keys.map(variableWord)} | ${create}`;
};

/** The line for a shell that asks for a value without showing it, and sets a variable. */
export const variableLine = (key: VariableName): ShellText => sh`read -rs ${key} && export ${key}`;
