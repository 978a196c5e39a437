import { z } from 'zod';
import { ownValue } from '../../../own-value.ts';
import type { Problem } from '../../../problems/problem.ts';
import { answerOf, readObjectText } from '../../../run/kube/read.ts';
import { runInstruction, sh } from '../../../text/shell.ts';
import type { VariableName } from '../../../text/variable-name.ts';
import type { Check, CheckResult, PreflightContext } from '../../preflight/preflight-context.ts';
import { installsK3s, runs } from '../../preflight/scope.ts';
import { keyNotes, useOf, type WrongValue, wrongEdges, wrongKey } from './key-check.ts';
import { secretLine, variableLine, type WantedSecret, wantedSecrets } from './secret.ts';

/** Checks that every key of every Secret exists or has a value in the environment, and that the value is plausible. */
export const secretsCheck: Check = {
  name: 'the Secrets',
  needs: [],
  isNeeded: (scope) => runs(scope, 'secrets', 'collector', 'operator', 'apply'),
  async run(preflight) {
    const { scope } = preflight;
    const isThere = await preflight.has('cluster');
    const found = await Promise.all(
      wantedSecrets(scope.config).map(async (secret) => {
        const stored = isThere ? await storedValues(preflight, secret) : {};
        // An unreachable cluster may already have the value.
        const isKnown = isThere || installsK3s(scope);
        return secret.keys.map((key) =>
          keyResult(preflight, secret, key, isKnown ? (ownValue(stored, key) ?? '') : undefined),
        );
      }),
    );
    const all = found.flat();
    return {
      problems: all.flatMap(({ problems = [] }) => problems),
      notes: all.flatMap(({ notes = [] }) => notes),
    };
  },
};

const shape = z.object({ data: z.record(z.string(), z.string()).optional() });

async function storedValues(
  { context }: PreflightContext,
  secret: WantedSecret,
): Promise<Readonly<Record<string, string>>> {
  const { name, namespace } = secret;
  const query = ['get', 'secret', name, `--namespace=${namespace}`, '--ignore-not-found', '--output=json'];
  const command = context.kubectl(query);
  const text = await readObjectText(context, command);
  const data = text.trim() === '' ? {} : (answerOf(command, text, shape).data ?? {});
  return Object.fromEntries(
    // Values that equal those of the environment are masked and are checked there.
    Object.entries(data).map(([key, value]) => [key, value.startsWith('***') ? value : decoded(value)]),
  );
}

const decoded = (value: string): string => Buffer.from(value, 'base64').toString('utf8');

/** @param stored value in the cluster; empty when there is none, undefined when it is unknown */
function keyResult(
  preflight: PreflightContext,
  secret: WantedSecret,
  key: VariableName,
  stored: string | undefined,
): CheckResult {
  const { scope, context } = preflight;
  const given = runs(scope, 'secrets') ? (ownValue(context.environment, key) ?? '') : '';
  const value = given || stored;
  if (value === undefined) {
    return {};
  }
  if (value === '') {
    return runs(scope, 'secrets') && scope.canAsk
      ? { notes: [`${key} for the Secret ${secret.name} in ${secret.namespace} will be asked for`] }
      : { problems: [missing(secret, key, preflight)] };
  }
  if (given === '' && value.startsWith('***')) {
    return {};
  }
  const use = useOf(scope.config, secret);
  const place = given === '' ? `of the Secret ${secret.name} in ${secret.namespace}` : 'in the environment';
  if (use === undefined) {
    // The value of an existing Secret may be intended.
    const odd = given === '' ? undefined : wrongEdges(value);
    return odd === undefined
      ? {}
      : { notes: [`the value of ${key} ${place} ${odd.reason}; if this is not intended: ${odd.remedy}`] };
  }
  const wrong = wrongKey(value, use);
  return {
    problems: wrong === undefined ? [] : [wrongValue(secret, key, place, wrong)],
    notes:
      wrong === undefined ? keyNotes(value, use, context.environment).map((note) => `${key} ${place} ${note}`) : [],
  };
}

function missing(secret: WantedSecret, key: VariableName, { scope }: PreflightContext): Problem {
  const { name, namespace } = secret;
  const message = `the Secret ${name} in ${namespace} has no key ${key}, and the environment has no variable ${key}`;
  const ask = variableLine(key);
  return {
    code: 'deploy/no-secret-value',
    message,
    suggestion: runInstruction(runs(scope, 'secrets') ? ask : sh`${ask} && ${secretLine(secret)}`),
  };
}

const wrongValue = (
  { name }: WantedSecret,
  key: VariableName,
  place: string,
  { reason, remedy }: WrongValue,
): Problem => ({
  code: 'deploy/wrong-secret-value',
  message: `the value of ${key} ${place} ${reason} and would be rejected`,
  suggestion: `${remedy}; then ${runInstruction(variableLine(key))}${place.startsWith('of') ? `, which replaces the value in ${name}` : ''}`,
});
