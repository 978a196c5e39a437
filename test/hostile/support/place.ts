import { execFileSync } from 'node:child_process';
import { lstatSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { expect } from 'vitest';
import { z } from 'zod';
import { generatedHeader } from '../../../lib/files/generated-mark.ts';
import { capturedRun } from '../../cli/captured-run.ts';
import { minimal } from '../../config/minimal.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

/** A folder of a user, with a configuration and what else a test puts there. */
export interface Place {
  readonly root: string;
  /** The output folder, which is not there yet. */
  readonly dist: string;
  readonly config: string;
}

export function newPlace(): Place {
  const root = temporaryFolder();
  const place = { root, dist: join(root, 'dist'), config: join(root, 'shop.yaml') };
  writeFileSync(place.config, minimal);
  return place;
}

export const synthArgs = ({ config, dist }: Place, output = dist): string[] => [
  ...['synth', '--config', config],
  `--output=${output}`,
];

/** Everything in a folder: files with their content, anything else by its type. */
export function treeOf(root: string): Record<string, string> {
  // With the types it does not follow links to folders.
  const entries = readdirSync(root, { recursive: true, withFileTypes: true });
  const paths = entries.map((entry) => join(entry.parentPath, entry.name)).sort();
  return Object.fromEntries(
    paths.map((path) => {
      const status = lstatSync(path);
      const content = status.isFile() ? readFileSync(path, 'utf8') : `type ${status.mode & 0o170000}`;
      return [relative(root, path), content];
    }),
  );
}

const report = z.object({
  problems: z.array(z.object({ code: z.string(), message: z.string(), suggestion: z.string() })),
});

/** A run that fails with problems that each have a remedy. */
export interface FailedRun {
  readonly status: number;
  readonly codes: readonly string[];
  readonly stdout: string;
}

export async function failedRun(...args: readonly string[]): Promise<FailedRun> {
  const { status, stdout, stderr } = await capturedRun(...args, '--format', 'json');
  expect(stderr).not.toContain('defect');
  const { problems } = report.parse(JSON.parse(stdout));
  return { status, codes: [...new Set(problems.map(({ code }) => code))], stdout };
}

/** The text of a system's list. */
export const listOf = (...paths: readonly string[]): string => `${generatedHeader}${paths.join('\n')}\n`;

/** A manifest that nobody generated. */
export const foreign = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: mine }\n';

/** Makes a pipe that nobody writes to: who reads it waits for ever. */
export function pipeAt(path: string): string {
  execFileSync('mkfifo', [path]);
  return path;
}

export function linkAt(path: string, target: string): string {
  symlinkSync(target, path);
  return path;
}
