import { otlpPort } from '../../../chart/names.ts';
import type { Problem } from '../../../problems/problem.ts';
import type { DeployContext } from '../../../run/context.ts';
import { readText } from '../../../run/kube/read.ts';
import { sh } from '../../../text/shell.ts';
import type { Check } from '../../preflight/check.ts';
import { runs } from '../../preflight/check.ts';
import { agentName } from '../verify/collector-checks.ts';

const ports: readonly number[] = [otlpPort.grpc, otlpPort.http];

/** No other pod holds the ports of the agent: where one does, the agent is never scheduled. */
export const nodePortsCheck: Check = {
  name: 'the ports of the nodes',
  needs: ['cluster'],
  isNeeded: (scope) => runs(scope, 'collector', 'apply'),
  async look(inquiry) {
    const { config } = inquiry.scope;
    const [pods, told] = await Promise.all([hostPortPods(inquiry.context), inquiry.toldObjects()]);
    const going = told.map(({ kind, name, namespace }) => `${namespace} ${kind} ${name}`);
    const holders = pods.filter(
      ({ port, namespace, owner }) =>
        ports.includes(port) &&
        !(namespace === config.collector.namespace && owner === `DaemonSet ${agentName}`) &&
        !going.includes(`${namespace} ${owner}`),
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
  // A Deployment makes its pods by way of a ReplicaSet, which would come again.
  const target = owner
    ?.replace(/^ReplicaSet (.+)-[a-z0-9]+$/, 'Deployment $1')
    .replace(' ', '/')
    .toLowerCase();
  return {
    code: 'deploy/port-taken',
    message: `${who} in ${namespace} holds ${taken.length === 1 ? 'port' : 'ports'} ${taken.join(' and ')} of ${nodes.slice(0, 3).join(', ')}${nodes.length > 3 ? ` and ${nodes.length - 3} more nodes` : ''}, which the agent needs`,
    suggestion: `take its hostPort away, or remove it: ${sh`kubectl delete ${target ?? `pod/${name}`} --namespace=${namespace}`}`,
  };
}

/** A pod that holds a port of its node. */
export interface HostPortPod {
  readonly namespace: string;
  readonly name: string;
  readonly node: string;
  /** What made it, e.g. `DaemonSet otel-collector`; undefined when a person did. */
  readonly owner: string | undefined;
  readonly port: number;
}

/** A line a port of a node: the pods of a whole cluster as JSON may be hundreds of megabytes. */
const template = `{{range .items}}{{$pod := .}}{{range .spec.containers}}{{range .ports}}{{if and .hostPort $pod.spec.nodeName}}{{$pod.metadata.namespace}} {{$pod.metadata.name}} {{$pod.spec.nodeName}} {{range $pod.metadata.ownerReferences}}{{.kind}}/{{.name}} {{end}}{{.hostPort}}
{{end}}{{end}}{{end}}{{end}}`;

/** Pods that hold ports of their nodes: one that waits for a node holds none. On the host's network the server fills in the same number. */
export async function hostPortPods(context: DeployContext): Promise<HostPortPod[]> {
  const query = ['get', 'pods', '--all-namespaces', '--field-selector=status.phase!=Succeeded,status.phase!=Failed'];
  const lines = (await readText(context, context.kubectl([...query, `--output=go-template=${template}`]))).split('\n');
  return lines.flatMap((line) => {
    const words = line.trim().split(' ');
    const [namespace, name, node] = words;
    const owner = words.length > 4 ? words[3]?.replace('/', ' ') : undefined;
    return namespace === undefined || name === undefined || node === undefined
      ? []
      : [{ namespace, name, node, owner, port: Number(words.at(-1)) }];
  });
}
