import { describe, expect, test } from 'vitest';
import { agentPortsCheck } from '../../../../lib/deploy/steps/collector/agent-ports-check.ts';
import { legacyCheck } from '../../../../lib/deploy/steps/collector/legacy-check.ts';
import { bed, codes, findings } from '../../preflight/answers.ts';
import { asManifests, earlierRelease, legacyCollectors } from './installations.ts';

const answers = { ...earlierRelease, ...legacyCollectors, ...asManifests };

describe('the check of a legacy installation', () => {
  test('says nothing where there is none', async () => {
    expect(await findings(legacyCheck)).toEqual({ problems: [] });
  });

  test('names all that is left, each with both ways to be rid of it', async () => {
    const { problems = [] } = await findings(legacyCheck, { answers });
    expect(problems.map(({ code }) => code)).toEqual([
      'deploy/legacy-release',
      'deploy/legacy-collector',
      'deploy/other-delivery',
    ]);
    expect(problems[0]).toMatchObject({
      message:
        'the Helm release coralogix-otel in dataprime-demo is a legacy installation of the collector: daemonset.apps/coralogix-opentelemetry-agent, service/coralogix-opentelemetry-collector',
      suggestion:
        'run: npm run podhost -- deploy --config config/dataprime-demo.yaml --migrate; or: helm uninstall coralogix-otel --namespace=dataprime-demo --wait',
    });
  });

  test('only notes what is going to be removed', async () => {
    const { problems, notes } = await findings(legacyCheck, { answers, migrate: true });
    expect(problems).toBeUndefined();
    expect(notes).toHaveLength(3);
  });

  test('is in the way all the same of a run without the step that removes it', async () => {
    const { problems } = await findings(legacyCheck, { answers, migrate: true, steps: ['apply'] });
    expect(problems).toHaveLength(3);
  });

  test('wants helm for that, even when the collector needs none', async () => {
    const { preflight } = bed({
      answers: { ...earlierRelease, 'helm version': { fails: 'helm is not installed, or not on the PATH' } },
      migrate: true,
      steps: ['collector', 'apply'],
    });
    await preflight.result(legacyCheck);
    expect((await preflight.all()).flatMap(({ problems = [] }) => problems.map(({ code }) => code))).toEqual([
      'deploy/no-helm',
    ]);
  });

  test('the host ports of a legacy installation are reported only once', async () => {
    const pods = 'default otel-collector-x node-a DaemonSet/otel-collector 4317';
    const more = { ...answers, 'kubectl get pods --all-namespaces': pods };
    expect(await codes(agentPortsCheck, { answers: more })).toEqual([]);
  });
});
