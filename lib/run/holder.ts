import { readFileSync, readlinkSync } from 'node:fs';
import { hostname, userInfo } from 'node:os';

/** A process that holds a Lease. */
export interface Holder {
  /** For people and for the process itself: names no other process. */
  readonly identity: string;
  /** Whether an identity is that of a process of this machine which has ended, so that nobody will renew its Lease. */
  hasEnded(identity: string): boolean;
}

/** This process. */
export function thisProcess(): Holder {
  const place = `${hostname()} ${machineMark()}`;
  return {
    identity: `${userName()}, process ${process.pid} on ${place} since ${startOf(process.pid) ?? Date.now()}`,
    hasEnded: (identity) => {
      const [, pid, where, start] = /, process (\d+) on (.*) since (\S+)$/.exec(identity) ?? [];
      // A process number is used again, by another process that started at another time.
      return pid !== undefined && where === place && startOf(Number(pid)) !== start;
    },
  };
}

/** Tells apart machines, and containers of one machine, with the same host name. */
function machineMark(): string {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').slice(0, 8);
    return `${boot}/${readlinkSync('/proc/self/ns/pid').replaceAll(/\D/g, '')}`;
  } catch {
    return '-';
  }
}

/** When a process started, in ticks since the machine did; undefined when there is none. */
function startOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name before may hold anything, also blanks and brackets.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  } catch {
    return undefined;
  }
}

function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return 'somebody';
  }
}
