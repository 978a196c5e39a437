import type { Model } from '../model.ts';
import type { Endpoint } from '../network/endpoint.ts';
import { type Answer, resolveEndpoint } from '../network/resolve.ts';
import type { Workload } from '../workload.ts';
import { isCollectorContainer, mountsCollector } from './collector-container.ts';
import { once } from './once.ts';

/** By namespace and endpoint: most workloads of a namespace send to the same. */
const known = once(() => new Map<string, Answer>());

/** What answers at the endpoint of a workload, also in its own pod and on its own node. */
export function answerTo(model: Model, workload: Workload, endpoint: Endpoint): Answer {
  const answers = known(model);
  const key = `${workload.namespace}\n${endpoint.text}`;
  const answer = answers.get(key) ?? resolveEndpoint(model, workload, endpoint);
  answers.set(key, answer);
  return answer.kind === 'loopback' ? ownPod(model, workload, endpoint, answer) : answer;
}

/** `localhost` leads to a collector when one is in the pod, or when pod and agent are both on the node's network. */
function ownPod(model: Model, workload: Workload, { port }: Endpoint, loopback: Answer): Answer {
  const beside = model.collectors.find(
    ({ title, namespace, onEveryNode, hostNetwork, listeners }) =>
      (title === workload.title && namespace === workload.namespace) ||
      (workload.hostNetwork && onEveryNode && hostNetwork && listeners.some((listener) => listener.port === port)),
  );
  if (beside !== undefined) {
    return { kind: 'collector', collector: beside, services: [] };
  }
  const hasSidecar = workload.containers.some((container) => isCollectorContainer(model, workload, container));
  return hasSidecar || mountsCollector(model, workload)
    ? { kind: 'unknown', because: 'the configuration of the collector in the pod was not read' }
    : loopback;
}
