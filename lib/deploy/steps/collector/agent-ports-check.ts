import { agentName, otlpPort } from '../../../chart/names.ts';
import type { Problem } from '../../../problems/problem.ts';
import type { DeployContext } from '../../../run/context.ts';
import { readObjectText } from '../../../run/kube/read.ts';
import { sh } from '../../../text/shell.ts';
import type { Check } from '../../preflight/preflight-context.ts';
import { runs, writesCollector } from '../../preflight/scope.ts';

const ports: readonly number[] = [otlpPort.grpc, otlpPort.http];

/** Checks that no other pod uses the host ports of the agent, which would keep the agent from being scheduled. */
export const agentPortsCheck: Check = {
  name: 'the host ports of the agent',
  needs: ['cluster'],
  isNeeded: (scope) => runs(scope, 'collector', 'apply') && writesCollector(scope),
  async run(preflight) {
    const { config } = preflight.scope;
    const [pods, legacy] = await Promise.all([hostPortPods(preflight.context), preflight.legacyObjects()]);
    const removed = legacy.map(({ kind, name, namespace }) => `${namespace} ${kind} ${name}`);
    const holders = pods.filter(
      ({ port, namespace, owner }) =>
        ports.includes(port) &&
        !(namespace === config.collector.namespace && owner === `DaemonSet ${agentName}`) &&
        !removed.includes(`${namespace} ${owner}`),
    );
    const byOwner = new Map<string, HostPortPod[]>();
    for (const pod of holders) {
      const key = `${pod.namespace}/${pod.owner ?? pod.name}`;
      byOwner.set(key, [...(byOwner.get(key) ?? []), pod]);
    }
    return { problems: [...byOwner.values()].map(problemOf) };
  },
};

function problemOf(pods: readonly HostPortPod[]): Problem {
  const [{ namespace = '', name = '', owner = undefined } = {}] = pods;
  const taken = [...new Set(pods.map(({ port }) => port))].sort();
  const nodes = [...new Set(pods.map(({ node }) => node))].sort();
  const who = owner === undefined ? `the pod ${name}` : `${owner} (pod ${name})`;
  // A deleted ReplicaSet would be created again by its Deployment.
  const target = owner
    ?.replace(/^ReplicaSet (.+)-[a-z0-9]+$/, 'Deployment $1')
    .replace(' ', '/')
    .toLowerCase();
  return {
    code: 'deploy/port-taken',
    message: `${who} in ${namespace} uses the host ${taken.length === 1 ? 'port' : 'ports'} ${taken.join(' and ')} of ${nodes.slice(0, 3).join(', ')}${nodes.length > 3 ? ` and ${nodes.length - 3} more nodes` : ''}, which the agent needs`,
    suggestion: `remove its hostPort, or delete it: ${sh`kubectl delete ${target ?? `pod/${name}`} --namespace=${namespace}`}`,
  };
}

/** A pod that uses a host port. */
export interface HostPortPod {
  readonly namespace: string;
  readonly name: string;
  readonly node: string;
  /** Its controller, e.g. `DaemonSet otel-collector`; undefined when it has none. */
  readonly owner: string | undefined;
  readonly port: number;
}

/** Prints one line for each host port, because the pods of a whole cluster as JSON may be hundreds of megabytes. */
const template = `{{range .items}}{{$pod := .}}{{range .spec.containers}}{{range .ports}}{{if and .hostPort $pod.spec.nodeName}}{{$pod.metadata.namespace}} {{$pod.metadata.name}} {{$pod.spec.nodeName}} {{range $pod.metadata.ownerReferences}}{{.kind}}/{{.name}} {{end}}{{.hostPort}}
{{end}}{{end}}{{end}}{{end}}`;

/** The scheduled pods with host ports. For pods on the host network the server fills in `hostPort`. */
export async function hostPortPods(context: DeployContext): Promise<HostPortPod[]> {
  const query = ['get', 'pods', '--all-namespaces', '--field-selector=status.phase!=Succeeded,status.phase!=Failed'];
  const lines = (await readObjectText(context, context.kubectl([...query, `--output=go-template=${template}`]))).split(
    '\n',
  );
  return lines.flatMap((line) => {
    const words = line.trim().split(' ');
    const [namespace, name, node] = words;
    const owner = words.length > 4 ? words[3]?.replace('/', ' ') : undefined;
    return namespace === undefined || name === undefined || node === undefined
      ? []
      : [{ namespace, name, node, owner, port: Number(words.at(-1)) }];
  });
}
