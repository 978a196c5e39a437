import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { earlierInstallation } from '../../../../lib/deploy/steps/collector/step.ts';
import { shellLine } from '../../../../lib/run/command/shell-line.ts';
import { type Answers, bed } from '../../preflight/answers.ts';
import { asManifests, earlierRelease, handMade } from './installations.ts';

const list = z.object({
  items: z.array(z.object({ kind: z.string(), metadata: z.object({ name: z.string() }) })),
});

/** What each command removes: a list on standard input by its objects, anything else as a line. */
const lines = async (answers: Answers) =>
  (await earlierInstallation(bed({ answers }).context)).flatMap(({ commands }) =>
    commands.map((command) =>
      command.input !== undefined && 'text' in command.input
        ? list.parse(JSON.parse(command.input.text)).items.map(({ kind, metadata }) => `${kind} ${metadata.name}`)
        : shellLine(command),
    ),
  );

describe('the removal of an earlier installation', () => {
  test('does nothing where there is none', async () => {
    expect(await lines({})).toEqual([]);
  });

  test('uninstalls a release and waits for its ports', async () => {
    expect(await lines(earlierRelease)).toEqual([
      'helm uninstall coralogix-otel --namespace=dataprime-demo --wait --timeout=180s',
      'kubectl wait --for=delete pods --namespace=dataprime-demo --selector=app.kubernetes.io/instance=coralogix-otel --timeout=180s',
    ]);
  });

  test('takes a hand-made collector away with what is its own, and nothing of others', async () => {
    expect(await lines(handMade)).toEqual([
      'kubectl delete daemonset.apps/otel-collector --namespace=default --cascade=foreground --ignore-not-found --timeout=180s',
      ['Service otel-collector', 'ConfigMap otel-collector-config', 'ServiceAccount otel-collector'],
      ['ClusterRoleBinding otel-collector', 'ClusterRoleBinding otel-collector-view', 'ClusterRole otel-collector'],
    ]);
  });

  test('takes the collector of another delivery away, without its Secret', async () => {
    expect(await lines(asManifests)).toEqual([['DaemonSet coralogix-opentelemetry-agent']]);
  });
});
