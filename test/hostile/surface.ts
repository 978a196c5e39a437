import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CapturedRun } from '../cli/captured-run.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** How a run that prints a name ends; by default the name is found again in what is printed. */
export interface Surface {
  readonly status: number;
  readonly run: (name: string) => Promise<CapturedRun>;
  readonly annotations?: true;
  /** Whether it does not repeat the name. */
  readonly isSilent?: true;
}

export type Surfaces = Readonly<Record<string, Surface>>;

/** Without what the name of a file cannot hold, and no longer than one may be. */
export function asFileName(name: string): string {
  const possible = name.replaceAll(/[/\0]|\p{Cs}/gu, '');
  return possible.length < 100 ? possible : possible.slice(0, 90) + possible.slice(-5);
}

export function file(name: string, text: string): string {
  const path = join(temporaryFolder(), asFileName(name));
  writeFileSync(path, text);
  return path;
}

/** JSON of which YAML takes every character. */
export const quoted = (value: unknown): string =>
  JSON.stringify(value).replaceAll(
    /[\x7f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
