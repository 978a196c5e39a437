import { hostText } from '../../../provision/host-answer.ts';
import { hostScript } from '../../../provision/on-host.ts';
import type { DeployContext } from '../../../run/context.ts';
import { sh } from '../../../text/shell.ts';

/** A process of the host that listens on a port. */
export interface Listener {
  readonly port: number;
  /** Undefined when it is another user's, and nobody could look as root. */
  readonly program: string | undefined;
  readonly pid: number | undefined;
}

/** Only root sees whose the ports of others are. */
const look = sh`sudo -n ss -H -ltnp 2>/dev/null || ss -H -ltnp`;

/** Who listens on TCP ports that can be reached from outside, or would be in the way of such a port. */
export async function hostListeners(context: DeployContext): Promise<Listener[]> {
  const lines = (await hostText(context, hostScript(look))).split('\n');
  return lines.flatMap((line) => {
    const [, port] = /^\S+\s+\d+\s+\d+\s+\S*:(\d+)\s/.exec(line) ?? [];
    const [, program, pid] = /users:\(\("([^"]+)",pid=(\d+)/.exec(line) ?? [];
    return port === undefined
      ? []
      : [{ port: Number(port), program, pid: pid === undefined ? undefined : Number(pid) }];
  });
}
