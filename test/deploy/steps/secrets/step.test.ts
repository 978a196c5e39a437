import { describe, expect, test } from 'vitest';
import { askForSecrets, secretsStep } from '../../../../lib/deploy/steps/secrets/step.ts';
import { planSteps } from '../../../../lib/run/plan.ts';
import { runSteps } from '../../../../lib/run/runner.ts';
import { FastClock } from '../../../run/support/fast-clock.ts';
import { RecordingReporter } from '../../../run/support/recording-reporter.ts';
import { type Answer, failed, RecordingRunner } from '../../../run/support/recording-runner.ts';
import { testContext } from '../../../run/support/test-context.ts';

describe('the step secrets', () => {
  const namespaces = { '00-namespace.yaml': 'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: shop\n' };
  const given = { DB_PASSWORD: 'one', API_KEY: 'two', PRIVATE_KEY: 'three' };
  const labels = { 'app.kubernetes.io/managed-by': 'cdk8s-podhost', 'app.kubernetes.io/part-of': 'shop' };
  const secret = (data: Readonly<Record<string, string>>, more: object = { labels }) =>
    JSON.stringify({ metadata: { name: 'any', ...more }, data });

  async function run(answers: Readonly<Record<string, Answer>>, environment: NodeJS.ProcessEnv, answer = true) {
    const runner = new RecordingRunner({ 'kubectl get namespace': 'namespace/shop\n', ...answers });
    const context = testContext({ runner, environment, dist: namespaces, answer });
    const outcome = await runSteps([secretsStep], { context, reporter: new RecordingReporter() });
    const changes = runner.lines.filter((line) => !line.startsWith('kubectl get'));
    return { changes, problems: 'error' in outcome ? [outcome.error.message] : [] };
  }

  test('the namespace of the operator is made with the labels of the system', async () => {
    const runner = new RecordingRunner({ 'kubectl get': '' });
    const [, make] = await secretsStep.actions(
      testContext({ runner, dist: namespaces, deploy: { operator: { enabled: true } } }),
    );
    expect(make?.commands.map(({ input }) => input)).toEqual([
      { text: expect.stringMatching(/name: coralogix-operator-system\n {2}labels:\n.*cdk8s-podhost\n.*part-of: shop/) },
    ]);
  });

  describe('a Secret', () => {
    test('that is not there is made, with the labels of the system', async () => {
      const { changes, problems } = await run({}, given);
      expect(problems).toEqual([]);
      expect(changes[0]).toBe(
        [
          `printf '%s\\n' "DB_PASSWORD=$DB_PASSWORD" "API_KEY=$API_KEY"`,
          'kubectl create secret generic shop-secrets --namespace=shop --from-env-file=/dev/stdin --dry-run=client -o=yaml',
          'kubectl label --local --filename=- app.kubernetes.io/managed-by=cdk8s-podhost app.kubernetes.io/part-of=shop -o=yaml',
          'kubectl apply --server-side --field-manager=podhost --filename=-',
        ].join(' | '),
      );
      expect(changes).toHaveLength(2);
    });

    test('that has all keys stays when the environment has no values', async () => {
      const answers = {
        'kubectl get secret shop-secrets': secret({ DB_PASSWORD: 'eA==', API_KEY: 'eA==' }),
        'kubectl get secret coralogix-keys': secret({ PRIVATE_KEY: 'eA==' }),
      };
      expect(await run(answers, {})).toEqual({ changes: [], problems: [] });
    });

    test('that has the very values stays', async () => {
      const answers = {
        'kubectl get secret shop-secrets': secret({ DB_PASSWORD: '***DB_PASSWORD***', API_KEY: '***API_KEY***' }),
        'kubectl get secret coralogix-keys': secret({ PRIVATE_KEY: '***PRIVATE_KEY***' }),
      };
      expect(await run(answers, given)).toEqual({ changes: [], problems: [] });
    });

    test('is changed in the keys that are given, and keeps the others', async () => {
      const answers = {
        'kubectl get secret shop-secrets': secret({ DB_PASSWORD: 'eA==', API_KEY: 'eA==' }),
        'kubectl get secret coralogix-keys': secret({ PRIVATE_KEY: 'eA==' }),
      };
      const { changes } = await run(answers, { API_KEY: 'new' });
      expect(changes).toEqual([
        `printf '%s\\n' "API_KEY=$API_KEY" | kubectl create secret generic shop-secrets --namespace=shop --from-env-file=/dev/stdin --dry-run=client -o=yaml | kubectl patch secret shop-secrets --namespace=shop --type=merge --patch-file=/dev/stdin --field-manager=podhost`,
      ]);
    });

    describe('with another owner', () => {
      const answers = {
        'kubectl get secret shop-secrets': secret({ DB_PASSWORD: 'eA==' }, {}),
        'kubectl get secret coralogix-keys': secret({ PRIVATE_KEY: 'eA==' }),
      };

      test('keeps its values when they are not to be replaced', async () => {
        expect(await run(answers, { DB_PASSWORD: 'new', API_KEY: 'two' }, false)).toEqual({
          changes: [],
          problems: [
            'DB_PASSWORD of the Secret shop-secrets in shop was not replaced because the answer was no, but the environment has another value',
          ],
        });
      });

      test('is changed when that is meant', async () => {
        expect((await run(answers, { DB_PASSWORD: 'new', API_KEY: 'two' })).changes).toHaveLength(1);
      });

      test('gets a key that it has not', async () => {
        expect((await run(answers, { API_KEY: 'two' }, false)).changes).toHaveLength(1);
      });
    });

    test('a Secret that cannot be looked up is not changed', async () => {
      const unreachable = failed('Error from server: etcdserver: leader changed');
      const answers = { 'kubectl get secret shop-secrets': unreachable };
      const { changes, problems } = await run(answers, { API_KEY: 'two', PRIVATE_KEY: 'three' });
      expect(changes).toEqual([]);
      expect(problems).toEqual([expect.stringContaining('etcdserver: leader changed')]);
    });

    test('without a value anywhere is refused, with what to run', async () => {
      const { changes, problems } = await run({}, { API_KEY: 'two' });
      expect(changes).toEqual([]);
      expect(problems).toEqual([
        'the Secret shop-secrets in shop has no key DB_PASSWORD, and the environment has no variable DB_PASSWORD',
      ]);
    });

    test.each([['a\nb'], ['a\rb'], ['a\n']])('whose value %j has a line break is refused', async (value) => {
      const { problems } = await run({}, { ...given, API_KEY: value });
      expect(problems).toEqual([
        'the value of API_KEY for the Secret shop-secrets has a line break, but kubectl reads one line for each value',
      ]);
    });
  });

  test('a dry run plans the Secrets without a cluster', async () => {
    const unreachable = { exitStatus: 1, stderr: 'connection refused' };
    const context = testContext({ runner: new RecordingRunner({ kubectl: unreachable }), dist: namespaces });
    const [step] = await planSteps([secretsStep], context);
    expect(step?.actions.map(({ action, upToDate }) => [action.title, upToDate])).toEqual([
      ['Create the namespaces shop', undefined],
      ['Secret shop-secrets in shop', undefined],
      ['Secret coralogix-keys in coralogix', undefined],
    ]);
  });
});

describe('the second after the change of a Secret', () => {
  const secretAction = async (signal = new AbortController().signal) => {
    const actions = await secretsStep.actions(testContext({ runner: new RecordingRunner(), dist: {}, signal }));
    return actions.find(({ title }) => title === 'Secret shop-secrets in shop');
  };

  test('a change is verified one second later, so that containers that start then are newer than it', async () => {
    const action = await secretAction();
    const clock = new FastClock();
    await action?.verify?.();
    expect(clock.seconds).toBe(1);
  });

  test('a stopped run does not wait for the next second', async () => {
    const verified = (await secretAction(AbortSignal.abort()))?.verify?.().then(() => 'verified');
    const waiting = new Promise((resolve) => setImmediate(() => resolve('waiting')));
    expect(await Promise.race([verified, waiting])).toBe('verified');
  });
});

describe('asking for values', () => {
  const nobody = (question: string) => Promise.reject(new Error(question));

  test('no value is asked for when the lookup in the cluster failed', async () => {
    const runner = new RecordingRunner({
      'kubectl get secret': failed('Unable to connect to the server: i/o timeout'),
    });
    await expect(askForSecrets(testContext({ runner }), nobody)).rejects.toMatchObject({
      code: 'deploy/command-failed',
    });
  });

  test('no value is asked for that is in the environment', async () => {
    const environment = { PRIVATE_KEY: 'abcdefgh', DB_PASSWORD: 'ijklmnop', API_KEY: 'qrstuvwx' };
    await askForSecrets(testContext({ runner: new RecordingRunner(), environment }), nobody);
    expect(Object.values(environment)).toEqual(['abcdefgh', 'ijklmnop', 'qrstuvwx']);
  });
});
