import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { operand, sh } from '../../text/shell.ts';

/** A minute is far more than rendering from local files takes. */
const timeout = 60_000;
const maximumOutput = 64 * 1024 * 1024;

/** What a program printed, under the command as its title; or why it printed nothing. */
export type Rendering = { readonly file: string; readonly text: string } | { readonly problem: string };

/** Whether a program is on the path. */
export const isOnPath = (program: string): boolean =>
  (process.env['PATH'] ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK);
      return folder !== '';
    } catch {
      return false;
    }
  });

/** The program at hand that builds kustomizations. */
export const kustomizeTool = (): 'kustomize' | 'kubectl' | undefined =>
  (['kustomize', 'kubectl'] as const).find(isOnPath);

/** Builds the kustomization of a folder. */
export const buildKustomization = (tool: 'kustomize' | 'kubectl', folder: string): Rendering =>
  rendering(tool, [tool === 'kustomize' ? 'build' : 'kustomize', operand(folder)]);

/** What `helm template` is asked for. */
export interface ChartProps {
  /** Folder or archive of the chart. */
  readonly chart: string;
  readonly release: string;
  readonly namespace: string;
  /** Files, a later one above an earlier one. */
  readonly values: readonly string[];
}

/** Renders a chart, with its custom resource definitions and without its tests. */
export const helmTemplate = ({ chart, release, namespace, values }: ChartProps): Rendering =>
  rendering('helm', [
    'template',
    release,
    operand(chart),
    `--namespace=${namespace}`,
    '--include-crds',
    '--skip-tests',
    ...values.map((file) => `--values=${file}`),
  ]);

function rendering(program: string, args: readonly string[]): Rendering {
  const { error, status, stdout, stderr } = spawnSync(program, [...args], {
    encoding: 'utf8',
    timeout,
    maxBuffer: maximumOutput,
    stdio: ['ignore', 'pipe', 'pipe'],
    // A plug-in or a base that is fetched would ask for a password.
    env: { ...process.env, GIT_TERMINAL_PROMPT: '0' },
  });
  const line = String(sh`${program} ${args}`);
  if (error !== undefined || status !== 0) {
    return { problem: `${line}: ${error?.message ?? reasonIn(stderr)}` };
  }
  return { file: line, text: stdout };
}

/** The line of the error output that says what failed: warnings may stand before it. */
function reasonIn(output: string): string {
  const lines = output.trim().split('\n');
  return (lines.find((line) => /^error: /i.test(line)) ?? lines[0] ?? '').replace(/^error: /i, '');
}
