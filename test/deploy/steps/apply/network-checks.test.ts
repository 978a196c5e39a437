import { describe, expect, test } from 'vitest';
import { certificateSecretCheck, servicePortsCheck } from '../../../../lib/deploy/steps/apply/network-checks.ts';
import { findings } from '../../preflight/answers.ts';

describe('the check of node ports', () => {
  const of = async (name: string, namespace: string, nodePort: number) => {
    const items = [{ metadata: { name, namespace }, spec: { ports: [{ nodePort }] } }];
    const { problems = [] } = await findings(servicePortsCheck, {
      answers: { 'kubectl get services --all': { items } },
    });
    return problems.map(({ message }) => message);
  };

  test('own Services and unused node ports are no problem', async () => {
    expect(await of('frontend', 'dataprime-demo', 30020)).toEqual([]);
    expect(await of('grafana', 'monitoring', 30300)).toEqual([]);
  });

  test('another Service with a port of ours is named', async () => {
    expect(await of('grafana', 'monitoring', 30020)).toEqual([
      'the Service grafana in monitoring has the node port 30020, which the configuration gives to frontend',
    ]);
  });
});

describe('the check of the certificate of the Ingress', () => {
  test('a certificate that is there needs no word', async () => {
    expect(await findings(certificateSecretCheck)).toEqual({});
  });

  test('a missing one is worth a note, since everything else works', async () => {
    const { problems, notes } = await findings(certificateSecretCheck, {
      answers: { 'kubectl get secret dataprime-demo-tls': '' },
    });
    expect(problems).toBeUndefined();
    expect(notes?.[0]).toMatch(
      /^browsers will reject the certificate of dataprime-demo.example.com until the Secret is created/,
    );
  });
});
