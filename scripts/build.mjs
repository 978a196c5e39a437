// Compiles what is published: the library, and the command in bundles.
import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundle } from './bundle.mjs';

const bundles = 'build/bundle';

rmSync('build', { recursive: true, force: true });
const { status } = spawnSync('npx', ['tsc', '--project', 'tsconfig.build.json'], { stdio: 'inherit' });
if (status === 0) {
  mkdirSync(bundles);
  for (const [name, content] of await bundle(process.cwd())) {
    writeFileSync(join(bundles, name), content);
  }
}
process.exitCode = status ?? 1;
