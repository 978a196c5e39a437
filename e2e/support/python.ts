import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cacheRoot, contentKey, dropOlder, keyedFolder } from '../parts/cache.ts';
import { ensureParts } from '../parts/ensure.ts';
import { run } from '../parts/process.ts';
import { withProgress } from '../parts/progress.ts';

const name = 'python';
const telemetry = fileURLToPath(new URL('../../telemetry/python', import.meta.url));
const constraints = join(telemetry, 'constraints.txt');

/** All that the package is built from. */
const sources = [
  'pyproject.toml',
  'constraints.txt',
  'README.md',
  ...readdirSync(join(telemetry, 'shared_telemetry'))
    .filter((file) => file.endsWith('.py') || file === 'py.typed')
    .sort()
    .map((file) => join('shared_telemetry', file)),
];

/**
 * The interpreter of a virtual environment with the telemetry module, installed as a user installs it, at the versions
 * that it pins, and with what the sink needs beside.
 */
export async function ensurePython(): Promise<string> {
  const { python3 } = await ensureParts(['python3']);
  const version = (await run(python3, ['-c', 'import sys; print(sys.base_prefix, sys.version)'])).stdout;
  const key = contentKey([version, ...sources.map((file) => readFileSync(join(telemetry, file), 'utf8'))]);
  const folder = keyedFolder(name, key);
  if (!existsSync(folder)) {
    await withProgress('Python packages of the test bed', 1, () => install(python3, folder));
    dropOlder(name, key);
  }
  return join(folder, 'bin', 'python');
}

/** Builds aside and renames, so that what is in the cache is always whole. */
async function install(python3: string, folder: string): Promise<void> {
  mkdirSync(cacheRoot(), { recursive: true });
  const aside = mkdtempSync(join(cacheRoot(), 'building-'));
  try {
    await command(python3, ['-m', 'venv', aside]);
    const pip = ['-m', 'pip', 'install', '--quiet', '--no-input', '--disable-pip-version-check', '--retries', '1'];
    await command(join(aside, 'bin', 'python'), [
      ...pip,
      '--constraint',
      constraints,
      telemetry,
      'opentelemetry-proto',
    ]);
    renameSync(aside, folder);
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
}

async function command(path: string, args: readonly string[]): Promise<void> {
  const { exitCode, stderr } = await run(path, args, { timeoutMilliseconds: 300_000 });
  if (exitCode !== 0) {
    throw new Error(
      `${path} ${args.join(' ')} failed\n${stderr}\nThe packages come from PyPI, which the tests' own network does not reach: run \`npm run e2e:parts\` first`,
    );
  }
}
