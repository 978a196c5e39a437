// Packs the project, installs it into an empty folder as a user would, and runs the command there.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const folder = mkdtempSync(join(tmpdir(), 'podhost-package-'));

function run(command, args, options) {
  const { status } = spawnSync(command, args, { stdio: 'inherit', ...options });
  if (status !== 0) {
    throw new Error(`${command} ${args.join(' ')} exited with ${status}`);
  }
}

try {
  run('npm', ['pack', '--pack-destination', folder, '--silent']);
  const { version, name } = JSON.parse(readFileSync('package.json', 'utf8'));
  writeFileSync(join(folder, 'package.json'), '{ "private": true, "type": "module" }\n');
  run('npm', ['install', '--silent', join(folder, `${name}-${version}.tgz`)], { cwd: folder });
  cpSync('config', join(folder, 'config'), { recursive: true });
  run('npx', ['podhost', 'check'], { cwd: folder });
  run('npx', ['podhost', 'synth'], { cwd: folder });
  for (const path of ['dist/helm/coralogix-infra-values.yaml', 'dist/.podhost/dataprime-demo']) {
    if (!existsSync(join(folder, path))) {
      throw new Error(`podhost synth wrote no ${path}`);
    }
  }
  run('npx', ['podhost', 'lint'], { cwd: folder });
  const help = spawnSync('npx', ['podhost', 'deploy', '--help'], { cwd: folder, encoding: 'utf8' }).stdout;
  if (!/^ {2}podhost deploy /m.test(help)) {
    throw new Error(`podhost does not know what it is called when it is installed:\n${help}`);
  }
  run('node', ['--eval', "new (require('cdk8s-podhost/cdk8s-validation.cjs').PodhostValidation)({})"], { cwd: folder });
  const program = "import { InstrumentedService } from 'cdk8s-podhost'; console.log(typeof InstrumentedService);";
  run('node', ['--input-type=module', '--eval', program], { cwd: folder });
} finally {
  rmSync(folder, { recursive: true, force: true });
}
