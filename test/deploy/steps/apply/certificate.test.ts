import { expect, test } from 'vitest';
import { certificateCheck } from '../../../../lib/deploy/steps/apply/network-checks.ts';
import { findings } from '../../preflight/answers.ts';

test('a certificate that is there needs no word', async () => {
  expect(await findings(certificateCheck)).toEqual({});
});

test('a missing one is worth a note, since everything else works', async () => {
  const { problems, notes } = await findings(certificateCheck, {
    answers: { 'kubectl get secret dataprime-demo-tls': '' },
  });
  expect(problems).toBeUndefined();
  expect(notes?.[0]).toMatch(/^browsers will refuse the certificate of dataprime-demo.example.com until this is run/);
});
