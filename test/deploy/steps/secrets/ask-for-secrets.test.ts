import { expect, test } from 'vitest';
import { askForSecrets } from '../../../../lib/deploy/steps/secrets/step.ts';
import { failed, RecordingRunner } from '../../../run/support/recording-runner.ts';
import { testContext } from '../../../run/support/test-context.ts';

const nobody = (question: string) => Promise.reject(new Error(question));

test('nobody is asked for what a cluster may have that could not be looked at', async () => {
  const runner = new RecordingRunner({ 'kubectl get secret': failed('Unable to connect to the server: i/o timeout') });
  await expect(askForSecrets(testContext({ runner }), nobody)).rejects.toMatchObject({ code: 'deploy/command-failed' });
});

test('nobody is asked for what the environment has', async () => {
  const environment = { PRIVATE_KEY: 'abcdefgh', DB_PASSWORD: 'ijklmnop', API_KEY: 'qrstuvwx' };
  await askForSecrets(testContext({ runner: new RecordingRunner(), environment }), nobody);
  expect(Object.values(environment)).toEqual(['abcdefgh', 'ijklmnop', 'qrstuvwx']);
});
