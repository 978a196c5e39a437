import { runInOwnNetwork } from './cluster/own-network.ts';

const vitest = ['node', 'node_modules/vitest/vitest.mjs', 'run', '--config', 'vitest.e2e.config.ts'];

/**
 * Two projects at once, each in a network of its own: that of the control plane mostly waits for controllers. What it
 * prints comes last, in one piece.
 */
async function runBoth(): Promise<number> {
  const printed: string[] = [];
  const [dataPlane, parts] = await Promise.all([
    runInOwnNetwork([...vitest, '--project', 'data-plane']),
    runInOwnNetwork([...vitest, '--project', 'parts'], (text) => printed.push(text)),
  ]);
  process.stdout.write(printed.join(''));
  return dataPlane || parts;
}

// node --import tsx e2e/run.ts [FILE... | --project NAME]
const asked = process.argv.slice(2);
process.exitCode = await (asked.length > 0 ? runInOwnNetwork([...vitest, ...asked]) : runBoth());
