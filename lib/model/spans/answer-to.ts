import { groupBy } from '../../group-by.ts';
import type { Collector } from '../collector/collector.ts';
import type { Model } from '../model.ts';
import type { Endpoint } from '../network/endpoint.ts';
import { type Answer, resolveEndpoint } from '../network/resolve.ts';
import { sidecarOf } from '../operator/sidecars.ts';
import type { Workload } from '../workload.ts';
import { isCollectorContainer, mountsCollector } from './collector-container.ts';
import { memoized } from './memoized.ts';

/** By namespace and endpoint: most workloads of a namespace send to the same. */
const known = memoized(() => new Map<string, Answer>());

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
  const { own, onNode, order } = local(model);
  const sidecar = sidecarOf(model, workload);
  const beside = [
    own.get(titleOf(workload))?.[0],
    sidecar.kind === 'selected' ? sidecar.resource : undefined,
    workload.hostNetwork && port !== undefined ? onNode.get(port) : undefined,
  ]
    .flatMap((collector) => collector ?? [])
    .sort((a, b) => (order.get(a) ?? 0) - (order.get(b) ?? 0))[0];
  if (beside !== undefined) {
    return { kind: 'collector', collector: beside, services: [] };
  }
  if (sidecar.kind === 'not-read') {
    return { kind: 'unknown', reason: 'the OpenTelemetryCollector that the operator adds to the pod was not read' };
  }
  const hasSidecar = workload.containers.some((container) => isCollectorContainer(model, workload, container));
  return hasSidecar || mountsCollector(model, workload)
    ? { kind: 'unknown', reason: 'the configuration of the collector in the pod was not read' }
    : loopback;
}

/** Collectors by the workload that runs them, and those on every node's own network by the ports that they take. */
const local = memoized(({ collectors }) => {
  const onNode = new Map<number, Collector>();
  for (const collector of collectors.filter(({ onEveryNode, hostNetwork }) => onEveryNode && hostNetwork).reverse()) {
    for (const { port } of collector.listeners) {
      onNode.set(port, collector);
    }
  }
  const order = new Map(collectors.map((collector, index) => [collector, index]));
  return { own: groupBy(collectors, titleOf), onNode, order };
});

const titleOf = ({ namespace, title }: { readonly namespace: string | undefined; readonly title: string }): string =>
  `${namespace}/${title}`;
