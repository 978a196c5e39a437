import { execFile } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

export interface Cdk8sAppProps {
  /** The modules of the compiled project that the app imports. */
  readonly imports?: string;
  /** How it writes its files. */
  readonly synthesis: string;
  /** Properties of the plug-in, as YAML. */
  readonly properties: string;
}

/** A project of somebody else, into which the plug-in is copied as a package would bring it. */
export class Cdk8sProject {
  private constructor(readonly folder: string) {}

  static async create(): Promise<Cdk8sProject> {
    const project = new Cdk8sProject(mkdtempSync(join(tmpdir(), 'podhost-test-')));
    const { folder } = project;
    const compiled = ['lib/lint/cdk8s-validation.ts', 'lib/synth/synthesize.ts'];
    project.write('package.json', '{ "type": "module" }');
    project.write(
      'tsconfig.json',
      JSON.stringify({
        extends: resolve('tsconfig.build.json'),
        compilerOptions: { outDir: join(folder, 'build'), rootDir: resolve('.'), noCheck: true, declaration: false },
        include: [],
        files: compiled.map((file) => resolve(file)),
      }),
    );
    copyFileSync('cdk8s-validation.cjs', join(folder, 'cdk8s-validation.cjs'));
    symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));
    await run(process.execPath, [resolve('node_modules/typescript/bin/tsc'), '--project', folder]);
    return project;
  }

  /** Runs `cdk8s synth` on an app with one ConfigMap, whose annotation suppresses a rule without a reason. */
  async synth({ imports = '', synthesis, properties }: Cdk8sAppProps) {
    this.write(
      'cdk8s.yaml',
      [
        'app: node main.mjs',
        'validations:',
        '  - package: ./cdk8s-validation.cjs',
        '    version: 1.0.0',
        '    class: PodhostValidation',
        `    properties: ${properties}`,
        '',
      ].join('\n'),
    );
    this.write(
      'main.mjs',
      [
        "import { ApiObject, App, Chart } from 'cdk8s';",
        imports,
        'const app = new App();',
        "const annotations = { 'podhost.dev/ignore-valid-yaml': '' };",
        "const properties = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings', annotations } };",
        "new ApiObject(new Chart(app, 'chart'), 'Resource', properties);",
        synthesis,
      ].join('\n'),
    );
    const env = { ...process.env, CDK8S_CHECK_UPGRADE: 'false' };
    return run(process.execPath, [resolve('node_modules/cdk8s-cli/bin/cdk8s'), 'synth'], {
      cwd: this.folder,
      env,
    }).then(
      ({ stdout }) => ({ status: 0, stdout }),
      (error: { readonly code: number; readonly stdout: string }) => ({ status: error.code, stdout: error.stdout }),
    );
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  private write(name: string, text: string): void {
    writeFileSync(join(this.folder, name), text);
  }
}
