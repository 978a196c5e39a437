import { expect, test } from 'vitest';
import { operatorStep } from '../../../../lib/deploy/steps/operator/step.ts';
import { RecordingRunner } from '../../../run/support/recording-runner.ts';
import { testContext } from '../../../run/support/test-context.ts';

const commandsWith = async (operator: object) => {
  const runner = new RecordingRunner({ 'helm version': 'v3.18.0', 'helm list': '[]' });
  const context = testContext({ runner, deploy: { chartRepository: 'https://charts.test', operator } });
  return (await operatorStep.actions(context)).flatMap(({ commands }) => commands);
};

test('the operator is installed only when the configuration wants it', async () => {
  expect(await commandsWith({})).toEqual([]);
});

test('it is told the region of the domain and where its key is, and needs no Prometheus Operator', async () => {
  const [install, ...others] = await commandsWith({ enabled: 'true', secret: { name: 'keys', key: 'MANAGE' } });
  expect(others).toEqual([]);
  expect(install?.args.join(' ')).toContain(
    'upgrade --install coralogix-operator coralogix-operator --repo=https://charts.test --version=2.1.0',
  );
  expect(install?.input).toEqual({
    text: [
      'coralogixOperator:',
      '  region: EU2',
      '  prometheusRules:',
      '    enabled: false',
      'secret:',
      '  create: false',
      '  secretKeyReference:',
      '    name: keys',
      '    key: MANAGE',
      'serviceMonitor:',
      '  create: false',
      '',
    ].join('\n'),
  });
});
