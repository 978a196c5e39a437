import { appendFileSync } from 'node:fs';
import { run, start } from './process.ts';
import type { Workshop } from './recipe.ts';

/** Same result on every machine: no C compiler, no folder names, no toolchain but the one at hand. */
const environment = { CGO_ENABLED: '0', GOFLAGS: '', GOWORK: 'off', GOTOOLCHAIN: 'local' };

/** Runs a go command whose output is for the log. */
export async function go(workshop: Workshop, args: readonly string[], env: Record<string, string> = {}): Promise<void> {
  appendFileSync(workshop.log, `$ go ${args.join(' ')}\n`);
  // Builds step back: the machine may be in use.
  const building = start('nice', ['-n', '10', 'go', ...args], {
    cwd: workshop.directory,
    env: { ...environment, ...env },
    log: workshop.log,
  });
  const { code, signal } = await building.exited;
  if (code !== 0) throw new Error(`go ${args[0]} ended with ${signal ?? `exit status ${code}`}`);
}

/** Runs a go command whose output is the answer. */
export async function goOutput(workshop: Workshop, args: readonly string[]): Promise<string> {
  appendFileSync(workshop.log, `$ go ${args.join(' ')}\n`);
  const limits = { timeoutMilliseconds: 600_000 };
  const finished = await run('go', args, { cwd: workshop.directory, env: environment, ...limits });
  appendFileSync(workshop.log, finished.stderr);
  if (finished.exitCode !== 0) {
    appendFileSync(workshop.log, finished.stdout);
    throw new Error(`go ${args.slice(0, 2).join(' ')} ended with exit status ${finished.exitCode}`);
  }
  return finished.stdout;
}

/** What of the toolchain decides the result of a build. */
export async function goIdentity(): Promise<string> {
  const finished = await run('go', ['env', 'GOVERSION', 'GOOS', 'GOARCH'], { env: environment });
  if (finished.exitCode !== 0) throw new Error('go is needed to build the test bed: put Go 1.26 or newer on the PATH');
  return finished.stdout.trim().split('\n').join(' ');
}

/** The flags of every build here: small binaries that know their version. */
export function buildFlags(stamps: Readonly<Record<string, string>>): string[] {
  const variables = Object.entries(stamps).map(([variable, value]) => `-X ${variable}=${value}`);
  return ['-buildvcs=false', '-trimpath', `-ldflags=${['-s', '-w', ...variables].join(' ')}`];
}
