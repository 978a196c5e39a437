import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type RunningProcess, start } from '../parts/process.ts';

export type Flags = Readonly<Record<string, string | number | boolean>>;

/** The folder and the processes of one cluster. */
export interface Workspace {
  /** In the order of their start. */
  readonly processes: readonly RunningProcess[];
  file(name: string): string;
  /** Starts a component that ends with the cluster; its output goes to `logs`. */
  start(component: string, command: string, flags: Flags): RunningProcess;
}

/** Takes a folder of its own below `directory`, without what an earlier cluster left in it. */
export function createWorkspace(directory: string): Workspace {
  const folder = join(directory, 'control-plane');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, 'logs'), { recursive: true, mode: 0o700 });
  const processes: RunningProcess[] = [];
  return {
    processes,
    file: (name) => join(folder, name),
    start(component, command, flags) {
      const args = Object.entries(flags).map(([name, value]) => `--${name}=${value}`);
      const started = start(command, args, { log: join(folder, 'logs', `${component}.log`) });
      processes.push(started);
      return started;
    },
  };
}
