import { describe, expect, test } from 'vitest';
import { operatorCheck, operatorStep } from '../../../../lib/deploy/steps/operator/step.ts';
import { RecordingRunner } from '../../../run/support/recording-runner.ts';
import { testContext } from '../../../run/support/test-context.ts';
import { type Answers, bed, findings, withDeploy } from '../../preflight/answers.ts';

describe('the step operator', () => {
  const commandsWith = async (operator: object) => {
    const runner = new RecordingRunner({ 'helm version': 'v3.18.0', 'helm list': '[]' });
    const context = testContext({ runner, deploy: { chartRepository: 'https://charts.test', operator } });
    return (await operatorStep.actions(context)).flatMap(({ commands }) => commands);
  };

  test('the operator is installed only when the configuration wants it', async () => {
    expect(await commandsWith({})).toEqual([]);
  });

  test('the operator is configured with the region and its key, and without the Prometheus Operator', async () => {
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
});

describe('the check for another operator', () => {
  const { operator } = bed().context.config.deploy;
  const change = withDeploy({ operator: { ...operator, enabled: true } });
  const none = { 'helm list': '[]' };
  const of = (lines: readonly string[], more: Answers = none) =>
    findings(operatorCheck, {
      answers: { ...more, 'kubectl get customresourcedefinitions': `${lines.join('\n')}\n` },
      change,
    });

  describe('the check of another operator', () => {
    test('is content with a cluster without one', async () => {
      expect(await of(['middlewares.traefik.io   '])).toEqual({});
    });

    test('definitions are not checked when the release of this system exists', async () => {
      const release = { name: 'coralogix-operator', chart: 'c', status: 'deployed', revision: '1', updated: '' };
      expect(await of(['slos.coralogix.com   '], { 'helm list': [release] })).toEqual({});
    });

    test('names the release that has brought its kinds', async () => {
      const { problems = [] } = await of(['slos.coralogix.com cx monitoring ', 'alerts.coralogix.com cx monitoring ']);
      expect(problems).toEqual([
        {
          code: 'deploy/other-operator',
          message:
            'the Helm release cx in monitoring has installed slos.coralogix.com, alerts.coralogix.com, so helm cannot install a second operator',
          suggestion:
            'remove deploy.operator if an operator runs there; or uninstall it with all SLOs and alerts of the cluster: helm uninstall cx --namespace=monitoring',
        },
      ]);
    });

    test('definitions that helm does not manage are reported with how to adopt them', async () => {
      const { problems = [] } = await of(['slos.coralogix.com   ']);
      expect(problems.map(({ suggestion }) => suggestion)).toEqual([
        'remove deploy.operator if an operator runs there; or let helm adopt them: kubectl annotate customresourcedefinition slos.coralogix.com meta.helm.sh/release-name=coralogix-operator meta.helm.sh/release-namespace=coralogix-operator-system && kubectl label customresourcedefinition slos.coralogix.com app.kubernetes.io/managed-by=Helm',
      ]);
    });
  });
});
