import { describe, expect, test } from 'vitest';
import { checkReachability } from '../../../lib/deploy/preflight/reachability.ts';
import { stepNames } from '../../../lib/run/context.ts';
import { type Answers, bed, withDeploy } from './answers.ts';

const missing = (program: string) => ({ fails: `${program} is not installed, or not on the PATH` });
const onVm = withDeploy({ host: 'ubuntu@vm', k3s: { version: 'v1.34.4+k3s1', installer: 'https://get.k3s.io' } });

async function surveyed(answers: Answers, change = (config: Parameters<typeof onVm>[0]) => config) {
  const { context, runner } = bed({ answers, change });
  const { context: answering, reasons } = await checkReachability(context, stepNames);
  const before = runner.lines.length;
  const asked = async (command: Parameters<typeof runner.run>[0]) =>
    answering.runner.run(command).then(
      () => runner.lines.length > before,
      (error: Error) => error.message,
    );
  return { reasons, context, asked };
}

describe('what a dry run finds out first', () => {
  test('is nothing where all answers, and then everything is asked', async () => {
    const { reasons, context, asked } = await surveyed({});
    expect(reasons).toEqual([]);
    expect(await asked(context.kubectl(['get', 'nodes']))).toBe(true);
  });

  test('is which tool is missing, in one line each', async () => {
    const { reasons, context, asked } = await surveyed({
      'kubectl version': missing('kubectl'),
      'helm version': missing('helm'),
    });
    expect(reasons).toEqual([
      'kubectl is not installed, or not on the PATH',
      'helm is not installed, or not on the PATH',
    ]);
    expect(await asked(context.kubectl(['get', 'nodes']))).toBe(reasons[0]);
    expect(await asked({ program: 'cat', args: [], input: { from: context.helm(['list']) } })).toBe(reasons[1]);
  });

  test('is that no cluster answers, which helm need not find out again', async () => {
    const { reasons, context, asked } = await surveyed({
      'kubectl get --raw=/readyz': { fails: 'dial tcp 192.0.2.7:6443: connect: connection refused' },
    });
    expect(reasons).toEqual(['the API server at 192.0.2.7:6443 refuses connections']);
    expect(await asked(context.helm(['list']))).toBe(reasons[0]);
  });

  test('is why a host cannot be asked', async () => {
    const refusal = { fails: 'ssh: Could not resolve hostname vm: Name or service not known', status: 255 };
    const { reasons, asked } = await surveyed({ true: refusal }, onVm);
    expect(reasons).toContain('the host name vm does not resolve');
    expect(await asked({ program: 'docker', args: ['ps'], on: 'host' })).toMatch(/^the host name vm does not resolve/);
  });

  test('is that a tool prints something else than it should', async () => {
    const { reasons } = await surveyed({ 'kubectl version': 'usage: kubectl' });
    expect(reasons).toEqual([expect.stringMatching(/^kubectl version --client --output=json printed something/)]);
  });
});
