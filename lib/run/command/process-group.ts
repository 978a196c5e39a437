/** Leaders of the process groups that run now; what is left of them ends with this process. */
const running = new Set<number>();
let installed = false;

/** Signals a command and all that it has started. */
export function signalGroup(leader: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-leader, signal);
  } catch {
    // It has ended by itself.
  }
}

/** Ends the group with this process, until it is released. */
export function holdGroup(leader: number): void {
  running.add(leader);
  if (!installed) {
    installed = true;
    process.on('exit', () => killGroups());
  }
}

export function releaseGroup(leader: number): void {
  running.delete(leader);
}

/** Ends every group at once, without a chance to clean up. */
export function killGroups(): void {
  for (const leader of running) {
    signalGroup(leader, 'SIGKILL');
  }
}
