import { readdirSync, readFileSync } from 'node:fs';

/** Process groups that must not outlive this process, however it ends. */
const groups = new Set<number>();
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
let installed = false;

/** Signals a whole process group, if anything of it is left. */
export function signalGroup(leader: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-leader, signal);
  } catch {
    // Nothing left.
  }
}

/** Whether a process of the group still runs; one that has ended and waits for its parent does not. */
export function groupRuns(leader: number): boolean {
  return readdirSync('/proc').some((entry) => /^\d+$/.test(entry) && runsIn(leader, entry));
}

export function holdGroup(leader: number): void {
  groups.add(leader);
  if (!installed) install();
}

export function releaseGroup(leader: number): void {
  groups.delete(leader);
}

function runsIn(leader: number, pid: string): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name before may hold anything, also blanks and brackets.
    const [state, , group] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return Number(group) === leader && state !== 'Z' && state !== 'X';
  } catch {
    return false;
  }
}

function killAll(): void {
  for (const leader of groups) signalGroup(leader, 'SIGKILL');
  groups.clear();
}

function install(): void {
  installed = true;
  // An uncaught error ends in 'exit' too, so it needs no handler of its own.
  process.on('exit', killAll);
  for (const signal of signals) {
    process.once(signal, () => {
      killAll();
      // Ours is gone by now: the default action, or whoever else listens, decides how this process ends.
      process.kill(process.pid, signal);
    });
  }
}
