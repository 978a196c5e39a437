import { z } from 'zod';
import { PodhostError } from '../../../problems/podhost-error.ts';
import type { Problem } from '../../../problems/problem.ts';
import type { DeployContext } from '../../../run/context.ts';
import { answerOf, readText } from '../../../run/kube/read.ts';
import { ownedMetadata } from '../../../run/kube/shapes.ts';
import { hasSystemLabels } from '../../../run/kube/system-objects.ts';
import { run } from '../../../text/shell.ts';
import type { VariableName } from '../../../text/variable-name.ts';
import { variableLine } from './secret-line.ts';
import type { WantedSecret } from './wanted-secrets.ts';

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
  const data = present?.data;
  const given = keys.filter((key) => (context.environment[key] ?? '') !== '');
  const different = given.filter((key) => data?.[key] !== `***${key}***`);
  const isOwn = present === undefined || hasSystemLabels(context.config, present.metadata);
  return {
    exists: present !== undefined,
    given,
    different,
    foreign: isOwn ? [] : different.filter((key) => data?.[key] !== undefined),
    missing: keys.filter((key) => !given.includes(key) && data?.[key] === undefined),
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
    ...given.flatMap((key) => unusableProblem(key, context.environment[key] ?? '', secret)),
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
