import type { DeployContext } from '../../../run/context.ts';
import { readText } from '../../../run/kube/read.ts';

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
