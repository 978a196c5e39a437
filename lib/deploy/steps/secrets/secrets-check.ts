import { z } from 'zod';
import { ownValue } from '../../../own-value.ts';
import type { Problem } from '../../../problems/problem.ts';
import { answerOf, readText } from '../../../run/kube/read.ts';
import { run, sh } from '../../../text/shell.ts';
import type { VariableName } from '../../../text/variable-name.ts';
import type { Check, Findings } from '../../preflight/check.ts';
import { installsK3s, runs } from '../../preflight/check.ts';
import type { Inquiry } from '../../preflight/preflight-run.ts';
import { doubts, useOf, type WrongShape, wrongEdges, wrongKey } from './key-check.ts';
import { secretLine, variableLine, type WantedSecret, wantedSecrets } from './secret.ts';

/** Every key of every Secret is there, or can be made, and looks like what it is for. */
export const secretsCheck: Check = {
  name: 'the Secrets',
  needs: [],
  isNeeded: (scope) => runs(scope, 'secrets', 'collector', 'operator', 'apply'),
  async look(inquiry) {
    const { scope } = inquiry;
    const isThere = await inquiry.has('cluster');
    const found = await Promise.all(
      wantedSecrets(scope.config).map(async (secret) => {
        const stored = isThere ? await storedValues(inquiry, secret) : {};
        // What no cluster could be asked for may well be in it.
        const isKnown = isThere || installsK3s(scope);
        return secret.keys.map((key) =>
          keyFindings(inquiry, secret, key, isKnown ? (ownValue(stored, key) ?? '') : undefined),
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

async function storedValues({ context }: Inquiry, secret: WantedSecret): Promise<Readonly<Record<string, string>>> {
  const { name, namespace } = secret;
  const query = ['get', 'secret', name, `--namespace=${namespace}`, '--ignore-not-found', '--output=json'];
  const command = context.kubectl(query);
  const text = await readText(context, command);
  const data = text.trim() === '' ? {} : (answerOf(command, text, shape).data ?? {});
  return Object.fromEntries(
    // What equals the environment comes masked, and was looked at there.
    Object.entries(data).map(([key, value]) => [key, value.startsWith('***') ? value : decoded(value)]),
  );
}

const decoded = (value: string): string => Buffer.from(value, 'base64').toString('utf8');

/** @param stored what the cluster has; empty when it has nothing, undefined when that is not known */
function keyFindings(inquiry: Inquiry, secret: WantedSecret, key: VariableName, stored: string | undefined): Findings {
  const { scope, context } = inquiry;
  const given = runs(scope, 'secrets') ? (ownValue(context.environment, key) ?? '') : '';
  const value = given || stored;
  if (value === undefined) {
    return {};
  }
  if (value === '') {
    return runs(scope, 'secrets') && scope.canAsk
      ? { notes: [`${key} for the Secret ${secret.name} in ${secret.namespace} will be asked for`] }
      : { problems: [missing(secret, key, inquiry)] };
  }
  if (given === '' && value.startsWith('***')) {
    return {};
  }
  const use = useOf(scope.config, secret);
  const place = given === '' ? `of the Secret ${secret.name} in ${secret.namespace}` : 'in the environment';
  if (use === undefined) {
    // Whoever made the Secret may have meant it so.
    const odd = given === '' ? undefined : wrongEdges(value);
    return odd === undefined
      ? {}
      : { notes: [`the value of ${key} ${place} ${odd.reason}; if that is not meant: ${odd.mend}`] };
  }
  const wrong = wrongKey(value, use);
  return {
    problems: wrong === undefined ? [] : [wrongShape(secret, key, place, wrong)],
    notes:
      wrong === undefined ? doubts(value, use, context.environment).map((doubt) => `${key} ${place} ${doubt}`) : [],
  };
}

function missing(secret: WantedSecret, key: VariableName, { scope }: Inquiry): Problem {
  const { name, namespace } = secret;
  const message = `nobody knows ${key}: the Secret ${name} in ${namespace} does not have it, and the environment has no such variable`;
  const ask = variableLine(key);
  return {
    code: 'deploy/no-secret-value',
    message,
    suggestion: run(runs(scope, 'secrets') ? ask : sh`${ask} && ${secretLine(secret)}`),
  };
}

const wrongShape = (
  { name }: WantedSecret,
  key: VariableName,
  place: string,
  { reason, mend }: WrongShape,
): Problem => ({
  code: 'deploy/wrong-secret-value',
  message: `the value of ${key} ${place} ${reason}, so nobody would accept it`,
  suggestion: `${mend}; then ${run(variableLine(key))}${place.startsWith('of') ? `, which replaces what ${name} has` : ''}`,
});
