import type { Problem } from '../../../problems/problem.ts';
import { composeContainers } from '../../../provision/compose.ts';
import { hostScript, hostText, neededPorts } from '../../../provision/host.ts';
import type { DeployContext } from '../../../run/context.ts';
import { sh } from '../../../text/shell.ts';
import type { Check, Findings } from '../../preflight/check.ts';
import { installsK3s, stopsCompose, usesHost } from '../../preflight/check.ts';
import type { Inquiry } from '../../preflight/preflight-run.ts';

/** Parts of k3s itself, and what it runs on the host's network for this system. */
const ours =
  /^(k3s|k3s-server|k3s-agent|kubelet|kube-proxy|kube-apiserver|traefik|klipper-lb|otelcol\S*|opamp\S*|cdot)$/;

/** Nothing on the host holds the ports that k3s, its Traefik and the agent need. */
export const hostPortsCheck: Check = {
  name: 'the ports of the host',
  needs: ['host'],
  isNeeded: (scope) => usesHost(scope) && (installsK3s(scope) || stopsCompose(scope)),
  async look(inquiry) {
    const needed = neededPorts(inquiry.scope.config);
    const listeners = (await hostListeners(inquiry.context)).filter(
      ({ port, program }) => needed.has(port) && !ours.test(program ?? ''),
    );
    const stopped = listeners.some(({ program }) => program === 'docker-proxy') ? await stoppedPorts(inquiry) : [];
    const going = listeners.filter(({ port, program }) => program === 'docker-proxy' && stopped.includes(port));
    const held = listeners.filter((listener) => !going.includes(listener));
    return { problems: byPort(held, needed, inquiry), ...notes(going, inquiry) };
  },
};

/** Ports that are free after the step compose. */
async function stoppedPorts({ scope, context }: Inquiry): Promise<number[]> {
  const project = scope.config.deploy.compose?.project;
  return project === undefined || !stopsCompose(scope)
    ? []
    : (await composeContainers(context, project)).flatMap(({ hostPorts }) => hostPorts ?? []);
}

function notes(going: readonly Listener[], { scope }: Inquiry): Pick<Findings, 'notes'> {
  const ports = [...new Set(going.map(({ port }) => port))].sort((one, other) => one - other);
  return ports.length === 0
    ? {}
    : {
        notes: [
          `the Docker Compose project ${scope.config.deploy.compose?.project} holds ${ports.join(', ')}; the step compose stops it`,
        ],
      };
}

/** A process listens for IPv4 and IPv6 apart, and is one problem. */
function byPort(held: readonly Listener[], needed: ReadonlyMap<number, string>, { context }: Inquiry): Problem[] {
  const place = context.host ?? 'this machine';
  return [...new Map(held.map((listener) => [listener.port, listener])).values()].map(({ port, program, pid }) => ({
    code: 'deploy/host-port-taken',
    message: `${program === undefined ? 'another program' : `${program} (process ${pid})`} listens on port ${port} of ${place}, which is needed for ${needed.get(port)}`,
    suggestion: mend(port, program, pid, place),
  }));
}

function mend(port: number, program: string | undefined, pid: number | undefined, place: string): string {
  if (program === 'docker-proxy') {
    return `on ${place}: ${sh`docker ps --filter publish=${port}`} names the container; stop it, or write its project as deploy.compose.project`;
  }
  return program === undefined || pid === undefined
    ? `on ${place}, see whose it is: ${sh`sudo ss -ltnp ${`sport = :${port}`}`}`
    : `on ${place}, find its unit: ${sh`systemctl status ${pid}`}; then stop it: ${sh`sudo systemctl disable --now UNIT`}`;
}

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
