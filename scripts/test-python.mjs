// Tests the telemetry module on the real SDK: all of it on python3, what depends on the interpreter on a newer one too.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';

const module = resolve('telemetry/python');
const constraints = join(module, 'constraints.txt');
const pins = [constraints, join(module, 'pyproject.toml')].map((file) => readFileSync(file, 'utf8'));

function version(command) {
  const { stdout } = spawnSync(command, ['-c', 'import sys; print(*sys.version_info[:3], sep=".")'], {
    encoding: 'utf8',
  });
  return stdout?.trim() || undefined;
}

function run(command, ...args) {
  const { status } = spawnSync(command, args, { stdio: 'inherit', cwd: module });
  if (status !== 0) {
    process.exit(status ?? 3);
  }
}

/** The interpreter of a virtual environment that is made again when its pins change. */
function environment(command) {
  const key = createHash('sha256')
    .update([...pins, version(command)].join('\n'))
    .digest('hex')
    .slice(0, 16);
  const folder = resolve('.cache', `python-module-${key}`);
  if (!existsSync(folder)) {
    console.log(`Making a virtual environment of Python ${version(command)} in .cache: about a minute.`);
    const aside = `${folder}-new`;
    rmSync(aside, { recursive: true, force: true });
    run(command, '-m', 'venv', aside);
    const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check'];
    run(join(aside, 'bin/python'), ...pip, '--constraint', constraints, '--editable', `${module}[test,lint]`);
    renameSync(aside, folder);
  }
  return join(folder, 'bin/python');
}

// pyenv has them under names of its own, which its shims do not all run.
const pyenv = spawnSync('pyenv', ['root'], { encoding: 'utf8' }).stdout?.trim();
const pyenvVersions = pyenv ? spawnSync('pyenv', ['versions', '--bare'], { encoding: 'utf8' }).stdout.split('\n') : [];
const newer = ['3.14', '3.13', '3.12']
  .flatMap((minor) => [
    ...pyenvVersions
      .filter((name) => name.startsWith(`${minor}.`))
      .map((name) => join(pyenv, 'versions', name, 'bin/python')),
    `python${minor}`,
  ])
  .find((command) => version(command) !== undefined);

/** Starts a program, prints what it has written when it has ended, and gives its exit status. */
function start(title, command, ...args) {
  const started = Date.now();
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], cwd: module });
  const output = [];
  child.stdout.on('data', (data) => output.push(data));
  child.stderr.on('data', (data) => output.push(data));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (status) => {
      console.log(`${title}, ${Math.round((Date.now() - started) / 1000)} s\n${Buffer.concat(output)}`);
      resolve(status ?? 3);
    });
  });
}

const python = environment('python3');
const tests = ['-m', 'pytest', '-q', '-n', '3'];
const runs = [start(`Python ${version('python3')}`, python, ...tests)];
if (newer !== undefined && version(newer) !== version('python3')) {
  const forks = ['tests/test_fork.py', 'tests/test_workers.py'];
  runs.push(start(`Python ${version(newer)}`, environment(newer), ...tests, ...forks));
}
runs.push(start('mypy', python, '-m', 'mypy'));
runs.push(start('ruff check', python, '-m', 'ruff', 'check', '.'));
runs.push(start('ruff format', python, '-m', 'ruff', 'format', '--check', '.'));
process.exit(Math.max(...(await Promise.all(runs))));
