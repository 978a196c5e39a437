import { expect, test } from 'vitest';
import { podSecurityCheck } from '../../../../lib/deploy/steps/secrets/namespaces-check.ts';
import { codes, findings } from '../../preflight/answers.ts';

const label = 'pod-security.kubernetes.io/enforce';
const live = (name: string, level: string, manager = 'kubectl-label', more = {}) => ({
  [`kubectl get namespace ${name} `]: {
    metadata: {
      name,
      labels: { [label]: level },
      managedFields: [{ manager, fieldsV1: { 'f:metadata': { 'f:labels': { [`f:${label}`]: {} } } } }],
      ...more,
    },
  },
});

test('namespaces that are not there yet are no problem', async () => {
  expect(await codes(podSecurityCheck)).toEqual([]);
});

test('one that lets the agent not in is named', async () => {
  const { problems } = await findings(podSecurityCheck, { answers: live('coralogix', 'baseline') });
  expect(problems).toEqual([
    {
      code: 'deploy/pod-security',
      message: 'the namespace coralogix enforces the pod security level baseline, and its pods need privileged',
      suggestion: `run: kubectl label namespace coralogix ${label}=privileged --overwrite`,
    },
  ]);
});

test('a looser level of another manager is reported', async () => {
  const { problems = [] } = await findings(podSecurityCheck, { answers: live('dataprime-demo', 'privileged') });
  expect(problems[0]?.message).toMatch(/level privileged, and its manifest has baseline$/);
});

test('a level that this system has set is changed without a problem', async () => {
  expect(await codes(podSecurityCheck, { answers: live('coralogix', 'baseline', 'podhost') })).toEqual([]);
});

test('a namespace that is being deleted is reported', async () => {
  const answers = live('coralogix', 'privileged', 'podhost', { deletionTimestamp: '2026-11-24T11:00:00Z' });
  expect(await codes(podSecurityCheck, { answers })).toEqual(['deploy/namespace-terminating']);
});
