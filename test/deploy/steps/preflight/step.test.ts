import { describe, expect, test } from 'vitest';
import { boundedRunner, type PreflightProps, runPreflight } from '../../../../lib/deploy/steps/preflight/step.ts';
import { stepNames } from '../../../../lib/run/context.ts';
import { type BedProps, bed, withDeploy } from '../../preflight/answers.ts';

describe('the step preflight', () => {
  const environment = {
    OPENAI_API_KEY: 'sk-1',
    CX_RUM_API_KEY: 'rum',
    DB_PASSWORD: 'pw',
    PRIVATE_KEY: 'cxtp_Abcdefghij0123456789Abcdefghij',
  };
  const run = async (props: BedProps = {}, more: Partial<PreflightProps> = {}) => {
    const { context, runner } = bed({ environment, ...props });
    const { problems, notes } = await runPreflight(context, {
      migrate: false,
      steps: stepNames,
      canAsk: false,
      ...more,
    });
    return { codes: problems.map(({ code }) => code), problems, notes, lines: runner.lines };
  };
  const refused = {
    fails: 'The connection to the server 192.0.2.7:6443 was refused - did you specify the right host or port?',
  };

  describe('the preflight', () => {
    test('finds nothing where nothing is wrong', async () => {
      const { problems, notes } = await run();
      expect([problems, notes]).toEqual([[], []]);
    });

    test('all problems are reported at once', async () => {
      const { codes } = await run({
        environment: {},
        answers: {
          'helm version': { fails: 'helm is not installed, or not on the PATH' },
          'kubectl get storageclasses': { items: [] },
          'kubectl get nodes': { items: [] },
        },
      });
      expect([...new Set(codes)]).toEqual([
        'deploy/no-helm',
        'deploy/no-node',
        'deploy/no-storage-class',
        'deploy/no-secret-value',
      ]);
    });

    test('an unreachable cluster is reported once', async () => {
      const { codes, lines } = await run({ answers: { 'kubectl get --raw=/readyz': refused } });
      expect(codes).toEqual(['deploy/cluster-refused']);
      expect(lines.filter((line) => line.startsWith('kubectl'))).toHaveLength(2);
    });

    test('does not ask a cluster without kubectl', async () => {
      const answers = { 'kubectl version': { fails: 'kubectl is not installed, or not on the PATH' } };
      const { codes, lines } = await run({ answers });
      expect(codes).toEqual(['deploy/no-kubectl']);
      expect(lines.filter((line) => line.startsWith('kubectl'))).toHaveLength(1);
    });

    test('a cluster that becomes unreachable is reported once', async () => {
      const gone = { fails: 'Unable to connect to the server: dial tcp 192.0.2.7:6443: connect: connection refused' };
      const answers = {
        'kubectl get --raw=/readyz': 'ok',
        'kubectl get ': gone,
        'kubectl create': gone,
        'kubectl api-resources': gone,
      };
      expect((await run({ answers })).codes).toEqual(['deploy/cluster-refused']);
    });

    test('a check without permission becomes a note', async () => {
      const fails = 'Error from server (Forbidden): nodes is forbidden: User "anna" cannot list resource "nodes"';
      const { problems, notes } = await run({ answers: { 'kubectl get nodes': { fails } } });
      expect(problems).toEqual([]);
      expect(notes).toEqual([
        'not checked: the nodes, because this user lacks a permission: nodes is forbidden: User "anna" cannot list resource "nodes"',
        'not checked: the taints of the nodes, because this user lacks a permission: nodes is forbidden: User "anna" cannot list resource "nodes"',
      ]);
    });

    test('only what the steps need is checked', async () => {
      const { lines } = await run(
        { change: withDeploy({ images: { folder: '/opt/shop', dockerfiles: {}, parallel: 2 } }) },
        { steps: ['images'] },
      );
      expect(lines.filter((line) => /^(kubectl|helm)/.test(line))).toEqual([]);
      expect(lines).toContain('docker version --format {{.Server.Version}}');
    });

    test('says which cluster the commands to run are for', async () => {
      const answers = { 'kubectl get nodes': { items: [] }, 'kubectl get storageclasses': { items: [] } };
      const change = withDeploy({ kubeconfig: '/home/me/k3s.yaml' });
      expect((await run({ answers, change })).notes).toEqual([
        'add these flags to every suggested kubectl command: --kubeconfig=/home/me/k3s.yaml',
      ]);
    });

    test('changes nothing', async () => {
      const { lines } = await run({
        change: withDeploy({ k3s: { version: 'v1.34.4+k3s1', installer: 'https://get.k3s.io' } }),
      });
      const writing = lines.filter((line) => / (apply|create|delete|patch|label|upgrade|uninstall) /.test(line));
      expect(writing).toEqual([expect.stringMatching(/^kubectl create --filename=- --output=json/)]);
    });
  });
});

describe('a bounded runner', () => {
  const command = { program: 'kubectl', args: [] };

  test('a bounded runner limits concurrent commands and runs all of them', async () => {
    let running = 0;
    let most = 0;
    const runner = boundedRunner(
      {
        async run() {
          running += 1;
          most = Math.max(most, running);
          await new Promise((resolve) => setTimeout(resolve, 1));
          running -= 1;
          return { exitStatus: 0, stdout: '', stderr: '', milliseconds: 1 };
        },
      },
      3,
    );
    const all = await Promise.all(Array.from({ length: 20 }, () => runner.run(command)));
    expect([all.length, most, running]).toEqual([20, 3, 0]);
  });

  test('goes on after one that throws', async () => {
    const runner = boundedRunner({ run: () => Promise.reject(new Error('no')) }, 1);
    const all = await Promise.allSettled([runner.run(command), runner.run(command), runner.run(command)]);
    expect(all.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
  });
});
