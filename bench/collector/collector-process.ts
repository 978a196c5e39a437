import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { waitFor } from '../../e2e/cluster/wait.ts';
import { type RunningProcess, run, start } from '../../e2e/parts/process.ts';
import { toYaml } from '../../lib/yaml/to-yaml.ts';
import type { CollectorSettings } from './collector-settings.ts';

export interface CollectorOptions {
  /** The binary. */
  readonly command: string;
  readonly name: string;
  readonly settings: CollectorSettings;
  /** For its configuration and its log. */
  readonly directory: string;
  /** Beside this process's own. */
  readonly env: Readonly<Record<string, string>>;
  /** Host and port where it answers when it is ready. */
  readonly health: string;
}

/** Checks the configuration as the collector itself does, starts it, and returns when it is ready. */
export async function startCollector(options: CollectorOptions): Promise<RunningProcess> {
  const { command, name, settings, directory, env, health } = options;
  const file = join(directory, `${name}.yaml`);
  writeFileSync(file, toYaml(settings));
  const { exitCode, stderr } = await run(command, ['validate', '--config', file], { env });
  if (exitCode !== 0) throw new Error(`the configuration of ${name} is not valid:\n${stderr}`);
  const started = start(command, ['--config', file], { env, log: join(directory, `${name}.log`) });
  const ready = async () => (await fetch(`http://${health}/`)).ok || undefined;
  await waitFor(`the collector ${name}`, ready, { needs: [started] });
  return started;
}

/** Reads a counter of the collector's own metrics, all its series together; 0 as long as it has not counted. */
export async function counter(host: string, name: string): Promise<number> {
  const text = await (await fetch(`http://${host}:8888/metrics`)).text();
  // The exporter appends the unit and `_total`.
  const series = text.split('\n').filter((line) => line.startsWith(name));
  return series.reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' '))), 0);
}
