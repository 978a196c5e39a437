import { expect, test } from 'vitest';
import { boundedRunner } from '../../../../lib/deploy/steps/preflight/step.ts';

const command = { program: 'kubectl', args: [] };

test('runs no more commands at once than told, and all of them', async () => {
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
