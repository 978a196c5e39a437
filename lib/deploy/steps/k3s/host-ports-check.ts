import type { Problem } from '../../../problems/problem.ts';
import { composeContainers } from '../../../provision/compose.ts';
import { hostScript, hostText, neededPorts } from '../../../provision/host.ts';
import type { DeployContext } from '../../../run/context.ts';
import { sh } from '../../../text/shell.ts';
import type { Check, CheckResult, PreflightContext } from '../../preflight/preflight-context.ts';
import { installsK3s, stopsCompose, usesHost } from '../../preflight/scope.ts';

/** Programs of k3s and of this system on the host network. */
const ownPrograms =
  /^(k3s|k3s-server|k3s-agent|kubelet|kube-proxy|kube-apiserver|traefik|klipper-lb|otelcol\S*|opamp\S*|cdot)$/;

/** Checks that no program on the host uses the ports of k3s, its Traefik and the agent. */
export const hostPortsCheck: Check = {
  name: 'the ports of the host',
  needs: ['host'],
  isNeeded: (scope) => usesHost(scope) && (installsK3s(scope) || stopsCompose(scope)),
  async run(preflight) {
    const needed = neededPorts(preflight.scope.config);
    const listeners = (await hostListeners(preflight.context)).filter(
      ({ port, program }) => needed.has(port) && !ownPrograms.test(program ?? ''),
    );
    const stopped = listeners.some(({ program }) => program === 'docker-proxy') ? await stoppedPorts(preflight) : [];
    const freed = listeners.filter(({ port, program }) => program === 'docker-proxy' && stopped.includes(port));
    const held = listeners.filter((listener) => !freed.includes(listener));
    return { problems: byPort(held, needed, preflight), ...notes(freed, preflight) };
  },
};

/** Ports that the step compose frees. */
async function stoppedPorts({ scope, context }: PreflightContext): Promise<number[]> {
  const project = scope.config.deploy.compose?.project;
  return project === undefined || !stopsCompose(scope)
    ? []
    : (await composeContainers(context, project)).flatMap(({ hostPorts }) => hostPorts ?? []);
}

function notes(freed: readonly ListeningProcess[], { scope }: PreflightContext): Pick<CheckResult, 'notes'> {
  const ports = [...new Set(freed.map(({ port }) => port))].sort((one, other) => one - other);
  return ports.length === 0
    ? {}
    : {
        notes: [
          `the Docker Compose project ${scope.config.deploy.compose?.project} uses ${ports.join(', ')}; the step compose stops it`,
        ],
      };
}

/** One problem for each port, because a process listens for IPv4 and IPv6 separately. */
function byPort(
  held: readonly ListeningProcess[],
  needed: ReadonlyMap<number, string>,
  { context }: PreflightContext,
): Problem[] {
  const place = context.host ?? 'this machine';
  return [...new Map(held.map((listener) => [listener.port, listener])).values()].map(({ port, program, pid }) => ({
    code: 'deploy/host-port-taken',
    message: `${program === undefined ? 'another program' : `${program} (process ${pid})`} listens on port ${port} of ${place}, which is needed for ${needed.get(port)}`,
    suggestion: remedy(port, program, pid, place),
  }));
}

function remedy(port: number, program: string | undefined, pid: number | undefined, place: string): string {
  if (program === 'docker-proxy') {
    return `on ${place}: ${sh`docker ps --filter publish=${port}`} prints the container; stop it, or write its project as deploy.compose.project`;
  }
  return program === undefined || pid === undefined
    ? `on ${place}, find the process: ${sh`sudo ss -ltnp ${`sport = :${port}`}`}`
    : `on ${place}, find its unit: ${sh`systemctl status ${pid}`}; then stop it: ${sh`sudo systemctl disable --now UNIT`}`;
}

/** A process of the host that listens on a port. */
export interface ListeningProcess {
  readonly port: number;
  /** Undefined when it belongs to another user and sudo is not available. */
  readonly program: string | undefined;
  readonly pid: number | undefined;
}

/** Only root sees the processes of other users. */
const listListeners = sh`sudo -n ss -H -ltnp 2>/dev/null || ss -H -ltnp`;

/** The processes that listen on TCP ports of the host. */
export async function hostListeners(context: DeployContext): Promise<ListeningProcess[]> {
  const lines = (await hostText(context, hostScript(listListeners))).split('\n');
  return lines.flatMap((line) => {
    const [, port] = /^\S+\s+\d+\s+\d+\s+\S*:(\d+)\s/.exec(line) ?? [];
    const [, program, pid] = /users:\(\("([^"]+)",pid=(\d+)/.exec(line) ?? [];
    return port === undefined
      ? []
      : [{ port: Number(port), program, pid: pid === undefined ? undefined : Number(pid) }];
  });
}
