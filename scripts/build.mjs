// Compiles what is published, and makes the command executable.
import { spawnSync } from 'node:child_process';
import { chmodSync, rmSync } from 'node:fs';

rmSync('build', { recursive: true, force: true });
const { status } = spawnSync('npx', ['tsc', '--project', 'tsconfig.build.json'], { stdio: 'inherit' });
if (status === 0) {
  chmodSync('build/lib/cli/podhost.js', 0o755);
}
process.exitCode = status ?? 1;
