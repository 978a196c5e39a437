import { expect, test } from 'vitest';
import { servicePortsCheck } from '../../../../lib/deploy/steps/apply/network-checks.ts';
import { findings } from '../../preflight/answers.ts';

const of = async (name: string, namespace: string, nodePort: number) => {
  const items = [{ metadata: { name, namespace }, spec: { ports: [{ nodePort }] } }];
  const { problems = [] } = await findings(servicePortsCheck, { answers: { 'kubectl get services --all': { items } } });
  return problems.map(({ message }) => message);
};

test('the own Service and ports that nobody wants are no problem', async () => {
  expect(await of('frontend', 'dataprime-demo', 30020)).toEqual([]);
  expect(await of('grafana', 'monitoring', 30300)).toEqual([]);
});

test('another Service with a port of ours is named', async () => {
  expect(await of('grafana', 'monitoring', 30020)).toEqual([
    'the Service grafana in monitoring has the node port 30020, which frontend is to get',
  ]);
});
