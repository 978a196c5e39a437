import { expect, test } from 'vitest';
import { agentPortsCheck } from '../../../../lib/deploy/steps/collector/agent-ports-check.ts';
import { findings } from '../../preflight/answers.ts';

const messages = async (...lines: string[]) => {
  const { problems = [] } = await findings(agentPortsCheck, {
    answers: { 'kubectl get pods --all-namespaces': lines.join('\n') },
  });
  return problems;
};

test('unused host ports are no problem', async () => {
  expect(await messages('kube-system svclb-traefik-x node-a DaemonSet/svclb-traefik 80')).toEqual([]);
});

test('the own agent may hold them', async () => {
  expect(await messages('coralogix agent-x node-a DaemonSet/coralogix-opentelemetry-agent 4317')).toEqual([]);
});

test('a workload that uses host ports of many nodes is one problem', async () => {
  const lines = ['a', 'b', 'c', 'd'].flatMap((node) =>
    [4317, 4318].map((port) => `tracing jaeger-${node} node-${node} DaemonSet/jaeger ${port}`),
  );
  expect(await messages(...lines)).toEqual([
    {
      code: 'deploy/port-taken',
      message:
        'DaemonSet jaeger (pod jaeger-a) in tracing uses the host ports 4317 and 4318 of node-a, node-b, node-c and 1 more nodes, which the agent needs',
      suggestion: 'remove its hostPort, or delete it: kubectl delete daemonset/jaeger --namespace=tracing',
    },
  ]);
});

test('behind a ReplicaSet there is a Deployment', async () => {
  const [problem] = await messages('tracing jaeger-5f7-x node-a ReplicaSet/jaeger-5f7 4317');
  expect(problem?.suggestion).toContain('kubectl delete deployment/jaeger --namespace=tracing');
});

test('a pod that a person made is named itself', async () => {
  const [problem] = await messages('default relay node-a 4317');
  expect(problem?.message).toBe('the pod relay in default uses the host port 4317 of node-a, which the agent needs');
});
