import type { Variable } from '../environment/variable.ts';
import type { Model } from '../model.ts';
import type { Endpoint } from '../network/endpoint.ts';
import { type Answer, resolveEndpoint } from '../network/resolve.ts';
import type { Workload } from '../workload.ts';
import { isCollectorContainer, mountsCollector } from './collector-container.ts';
import { type InstrumentedContainer, instrumentedContainers } from './instrumented.ts';
import { once } from './once.ts';

/** Where a container sends its spans, and what answers there. Each rule of endpoints reports one kind of answer. */
export interface SpanExport extends InstrumentedContainer {
  /** The variable that names the endpoint. */
  readonly variable: Variable;
  readonly endpoint: Endpoint;
  readonly answer: Answer;
}

/** Of all instrumented containers whose endpoint is known. */
export const spanExports = once((model): readonly SpanExport[] => {
  const answers = new Map<string, Answer>();
  return instrumentedContainers(model).flatMap((instrumented) => {
    const { workload, settings } = instrumented;
    const { endpoint, endpointVariable: variable } = settings;
    if (endpoint === undefined || variable === undefined) {
      return [];
    }
    const key = `${workload.namespace}\n${endpoint.text}`;
    const answer = answers.get(key) ?? resolveEndpoint(model, workload, endpoint);
    answers.set(key, answer);
    return [
      {
        ...instrumented,
        variable,
        endpoint,
        answer: answer.kind === 'loopback' ? ownPod(model, workload, endpoint, answer) : answer,
      },
    ];
  });
});

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
