import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';

const programs = ['kubectl', 'helm', 'ssh', 'docker', 'git', 'npm', 'sudo', 'curl', 'cp', 'flock', 'k3s'];

/** Takes down how many words it was given, its name and the words; ssh goes on as the shell of a host would. */
const stub = (calls: string) => `#!/bin/sh
printf '%s\\0' "$#" "\${0##*/}" "$@" >> '${calls}'
if test "\${0##*/}" = ssh; then
  for line; do :; done
  sh -c "$line"
fi
cat > /dev/null
exit 0
`;

/** What happened when a text was given to a shell. */
export interface ShellRun {
  /** The words of each call of a program, the program first. */
  readonly calls: readonly (readonly string[])[];
  /** Files called X, which nobody has asked for. */
  readonly made: readonly string[];
}

/**
 * Runs a text by /bin/sh, with stubs in place of all programs that a deployment runs.
 *
 * @param folder an empty folder, which becomes the working folder and the home
 * @param variables environment variables that are set
 */
export function runByShell(text: string, folder: string, variables: readonly string[] = []): ShellRun {
  const bin = join(folder, 'bin');
  const work = join(folder, 'work');
  const calls = join(folder, 'calls');
  for (const path of [bin, work]) {
    mkdirSync(path, { recursive: true });
  }
  for (const program of programs) {
    writeFileSync(join(bin, program), stub(calls));
    chmodSync(join(bin, program), 0o755);
  }
  const env = {
    PATH: `${bin}:/usr/bin:/bin`,
    HOME: work,
    ...Object.fromEntries(variables.map((name) => [name, `value of ${name}`])),
  };
  const script = join(folder, 'script');
  writeFileSync(script, text);
  try {
    execFileSync('/bin/sh', [script], { cwd: work, env, stdio: ['ignore', 'pipe', 'pipe'] });
  } catch {
    // What a line comes to is for the caller to judge by its calls.
  }
  const words = existsSync(calls) ? readFileSync(calls, 'utf8').split('\0') : [];
  return { calls: splitCalls(words), made: filesCalledX(work) };
}

function splitCalls([count, ...words]: readonly string[]): string[][] {
  if (count === undefined || count === '') {
    return [];
  }
  const length = Number(count) + 1;
  return [words.slice(0, length), ...splitCalls(words.slice(length))];
}

const filesCalledX = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => basename(path) === 'X');
