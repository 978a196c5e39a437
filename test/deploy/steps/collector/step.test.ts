import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { collectorStep, removeLegacy } from '../../../../lib/deploy/steps/collector/step.ts';
import { shellLine } from '../../../../lib/run/command/shell-line.ts';
import { failed, RecordingRunner } from '../../../run/support/recording-runner.ts';
import { testContext } from '../../../run/support/test-context.ts';
import { type Answers, bed } from '../../preflight/answers.ts';
import { asManifests, earlierRelease, legacyCollectors } from './installations.ts';

describe('the step collector', () => {
  const dist = { 'helm/coralogix-infra-values.yaml': 'global: { domain: eu2.coralogix.com }\n' };

  async function commandsWith(gitops?: object) {
    const runner = new RecordingRunner({ 'helm version': 'v3.18.0', 'helm list': '[]' });
    const context = testContext({ runner, dist, ...(gitops && { gitops }) });
    return (await collectorStep.actions(context)).flatMap(({ commands }) => commands);
  }

  test('the chart is installed with the values file', async () => {
    const [install, ...others] = await commandsWith();
    expect(others).toEqual([]);
    expect(install?.args.join(' ')).toMatch(
      /^upgrade --install otel-coralogix-integration otel-integration .*--version=0\.0\.331 --namespace=coralogix --values=\S+\/helm\/coralogix-infra-values\.yaml/,
    );
  });

  test.each([{ tool: 'k3s' }, { tool: 'flux' }])('$tool installs it by itself', async (gitops) => {
    expect(await commandsWith(gitops)).toEqual([]);
  });

  test('a failed lookup of a legacy installation stops the run', async () => {
    const runner = new RecordingRunner({ 'helm version': 'v3.18.0', '': failed('connection refused') });
    const [look, install] = await collectorStep.actions({ ...testContext({ runner, dist }), migrate: true });
    await expect(look?.verify?.()).rejects.toMatchObject({ message: expect.stringContaining('connection refused') });
    expect(install?.title, 'comes after it').toMatch(/^Helm release/);
  });
});

describe('the removal', () => {
  const list = z.object({
    items: z.array(z.object({ kind: z.string(), metadata: z.object({ name: z.string() }) })),
  });

  /** What each command removes: a list on standard input by its objects, anything else as a line. */
  const lines = async (answers: Answers) =>
    (await removeLegacy(bed({ answers }).context)).flatMap(({ commands }) =>
      commands.map((command) =>
        command.input !== undefined && 'text' in command.input
          ? list.parse(JSON.parse(command.input.text)).items.map(({ kind, metadata }) => `${kind} ${metadata.name}`)
          : shellLine(command),
      ),
    );

  describe('the removal of a legacy installation', () => {
    test('does nothing where there is none', async () => {
      expect(await lines({})).toEqual([]);
    });

    test('uninstalls a release and waits for its ports', async () => {
      expect(await lines(earlierRelease)).toEqual([
        'helm uninstall coralogix-otel --namespace=dataprime-demo --wait --timeout=180s',
        'kubectl wait --for=delete pods --namespace=dataprime-demo --selector=app.kubernetes.io/instance=coralogix-otel --timeout=180s',
      ]);
    });

    test('a legacy collector is removed with the objects that only it uses', async () => {
      expect(await lines(legacyCollectors)).toEqual([
        'kubectl delete daemonset.apps/otel-collector --namespace=default --cascade=foreground --ignore-not-found --timeout=180s',
        ['Service otel-collector', 'ConfigMap otel-collector-config', 'ServiceAccount otel-collector'],
        ['ClusterRoleBinding otel-collector', 'ClusterRoleBinding otel-collector-view', 'ClusterRole otel-collector'],
      ]);
    });

    test('takes the collector of another delivery away, without its Secret', async () => {
      expect(await lines(asManifests)).toEqual([['DaemonSet coralogix-opentelemetry-agent']]);
    });
  });
});
