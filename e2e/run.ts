import { runInOwnNetwork } from './cluster/own-network.ts';
import { buildPodhost } from './support/built-podhost.ts';

const vitest = ['node', 'node_modules/vitest/vitest.mjs', 'run', '--config', 'vitest.e2e.config.ts'];

/**
 * Groups of tests at once, each in a network of its own: a control plane mostly waits for controllers. What the first
 * prints shows at once, that of the others comes last, each in one piece.
 */
async function runAtOnce(...groups: readonly (readonly string[])[]): Promise<number> {
  const printed = groups.map((): string[] => []);
  const statuses = await Promise.all(
    groups.map((args, index) =>
      runInOwnNetwork([...vitest, ...args], index === 0 ? undefined : (text) => printed[index]?.push(text)),
    ),
  );
  process.stdout.write(printed.flat().join(''));
  return statuses.find((status) => status !== 0) ?? 0;
}

// node --import tsx e2e/run.ts [FILE... | deploy]
const asked = process.argv.slice(2);
await buildPodhost();
if (asked.length === 0) {
  process.exitCode = await runAtOnce(
    ['--project', 'data-plane'],
    ['--project', 'parts', '--project', 'verify', '--project', 'pages'],
  );
} else if (asked[0] === 'deploy') {
  const shard = (index: number) => ['--project', 'deploy', `--shard=${index}/2`];
  process.exitCode = await runAtOnce(shard(1), shard(2));
} else {
  process.exitCode = await runInOwnNetwork([...vitest, ...asked]);
}
