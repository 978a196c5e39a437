// Tests the telemetry module on the real SDK, in a virtual environment that is made again when its pins change.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';

const module = resolve('telemetry/python');
const constraints = join(module, 'constraints.txt');
const pins = [constraints, join(module, 'pyproject.toml')].map((file) => readFileSync(file, 'utf8'));
const key = createHash('sha256').update(pins.join('\n')).digest('hex').slice(0, 16);
const environment = resolve('.cache', `python-module-${key}`);
const python = join(environment, 'bin/python');

function run(command, ...args) {
  const { status } = spawnSync(command, args, { stdio: 'inherit', cwd: module });
  if (status !== 0) {
    process.exit(status ?? 3);
  }
}

if (!existsSync(environment)) {
  console.log('Making a virtual environment in .cache: about a minute.');
  const aside = `${environment}-new`;
  rmSync(aside, { recursive: true, force: true });
  run('python3', '-m', 'venv', aside);
  const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check'];
  run(join(aside, 'bin/python'), ...pip, '--constraint', constraints, '--editable', `${module}[test,lint]`);
  renameSync(aside, environment);
}
run(python, '-m', 'pytest', '-q');
run(python, '-m', 'mypy');
run(python, '-m', 'ruff', 'check', '.');
run(python, '-m', 'ruff', 'format', '--check', '.');
