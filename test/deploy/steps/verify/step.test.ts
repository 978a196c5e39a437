import { describe, expect, test } from 'vitest';
import { verifyStep } from '../../../../lib/deploy/steps/verify/step.ts';
import type { PodhostError } from '../../../../lib/problems/podhost-error.ts';
import type { Command } from '../../../../lib/run/command/command.ts';
import { FastClock } from '../../../run/support/fast-clock.ts';
import { type Answer, failed, RecordingRunner } from '../../../run/support/recording-runner.ts';
import { testContext } from '../../../run/support/test-context.ts';

const argoCd = { tool: 'argo-cd', repository: 'https://git.example.com/shop.git' };
const dist = { '00-namespace.yaml': '', 'argo-cd/applications.yaml': '', 'flux/resources.yaml': '' };
const actions = (answers: Readonly<Record<string, (command: Command) => Answer>>, gitops?: object) =>
  verifyStep.actions(
    testContext({ runner: new RecordingRunner(answers), dist, ...(gitops === undefined ? {} : { gitops }) }),
  );
const titles = async (gitops?: object) => (await actions({}, gitops)).map(({ title }) => title);

const agents = 'An agent is ready on every node';
const alias = 'coralogix-opentelemetry-collector points to the agents';
const others = [agents, alias, 'Coralogix accepts the key', 'The certificate of shop.example.com is served'];

describe('what is verified', () => {
  test('is what stands in the cluster', async () => {
    expect(await titles()).toEqual(others);
  });

  test('is before that whether a GitOps tool has delivered it', async () => {
    expect(await titles({ tool: 'k3s' })).toEqual(['k3s has installed the collector', ...others]);
    expect(await titles(argoCd)).toEqual(['Argo CD has delivered the system', ...others]);
    expect(await titles({ tool: 'flux' })).toEqual(['Flux has delivered the system', ...others]);
  });
});

describe('a collector that comes after a minute', () => {
  /** How it ended, and after how many seconds. */
  const proof = async (title: string, gitops?: object) => {
    const clock = new FastClock();
    const late = (answer: object) => () =>
      clock.seconds < 60 ? failed('Error from server (NotFound): not found') : JSON.stringify(answer);
    const cluster = {
      'kubectl get daemonset': late({
        spec: { selector: { matchLabels: {} } },
        status: { desiredNumberScheduled: 1, numberReady: 1 },
      }),
      'kubectl get nodes': () => JSON.stringify({ items: [{ spec: {} }] }),
      'kubectl get service': () => JSON.stringify({ spec: { externalName: 'agents.coralogix.svc' } }),
      'kubectl get endpointslices': late({ items: [{ endpoints: [{ addresses: ['10.0.0.1'] }] }] }),
    };
    const action = (await actions(cluster, gitops)).find((it) => it.title === title);
    const failure = await action?.verify?.().catch((error: PodhostError) => error.code);
    return { failure, isPatient: clock.seconds >= 60 };
  };

  test.each([agents, alias])('is waited for where a GitOps tool installs it: %s', async (title) => {
    expect(await proof(title, { tool: 'k3s' })).toEqual({ failure: undefined, isPatient: true });
  });

  test.each([agents, alias])('is missing where it was installed before: %s', async (title) => {
    expect(await proof(title)).toEqual({ failure: 'deploy/command-failed', isPatient: false });
  });
});
