import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { writeFiles } from '../temporary-folder.ts';
import type { Scenario } from './scenario.ts';

const execute = promisify(execFile);

/** A run that was killed at one call to the file system. */
export interface KilledRun {
  readonly call: number;
  /** The folder as the run has left it. */
  readonly folder: string;
}

/** The driver, compiled, so that a process of it starts in no time. */
export class KilledRuns {
  private constructor(
    private readonly root: string,
    private readonly driver: string,
  ) {}

  static async create(): Promise<KilledRuns> {
    const root = mkdtempSync(join(tmpdir(), 'podhost-test-'));
    const source = 'test/support/killed/driver.ts';
    writeFileSync(join(root, 'package.json'), '{ "type": "module" }');
    writeFileSync(
      join(root, 'tsconfig.json'),
      JSON.stringify({
        extends: resolve('tsconfig.build.json'),
        compilerOptions: { outDir: root, rootDir: resolve('.'), noCheck: true, declaration: false },
        include: [],
        files: [resolve(source)],
      }),
    );
    symlinkSync(resolve('node_modules'), join(root, 'node_modules'));
    await execute(process.execPath, [resolve('node_modules/typescript/bin/tsc'), '--project', root]);
    return new KilledRuns(root, join(root, source.replace(/ts$/, 'js')));
  }

  /** Kills one run at each of its calls, each in a folder of its own. */
  async *each(name: string, { before }: Scenario): AsyncGenerator<KilledRun> {
    const calls = Number((await this.run(name, before, 0)).stdout);
    if (!(calls > 0)) {
      throw new Error(`a run of ${name} has ${calls} calls`);
    }
    for (let call = 1; call <= calls; call += this.parallel) {
      const numbers = Array.from({ length: this.parallel }, (_, index) => call + index).filter((n) => n <= calls);
      const runs = await Promise.all(numbers.map((number) => this.run(name, before, number)));
      for (const [index, { folder, signal }] of runs.entries()) {
        if (signal !== 'SIGKILL') {
          throw new Error(`a run of ${name} was not killed at call ${call + index}`);
        }
        yield { call: call + index, folder };
      }
    }
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }

  /** Mostly they wait for the disk. */
  private readonly parallel = 6;

  private async run(name: string, before: Scenario['before'], call: number) {
    const folder = join(mkdtempSync(join(this.root, `${name}-`)), 'dist');
    writeFiles(folder, before);
    const args = [this.driver, name, folder, String(call)];
    return execute(process.execPath, args).then(
      ({ stdout }) => ({ folder, stdout, signal: undefined }),
      (error: { readonly signal?: string }) => ({ folder, stdout: '', signal: error.signal }),
    );
  }
}
