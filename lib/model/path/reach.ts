import { joinNames } from '../../text/list.ts';
import { listAt, numberAt } from '../../yaml/value.ts';
import type { Model } from '../model.ts';
import { NetworkIndex } from '../network/network-index.ts';
import { takesNodePorts } from '../network/service.ts';
import { isOperatorResource, operatorMode } from '../operator/collector-pods.ts';
import { memoized } from '../spans/memoized.ts';
import type { SpanExport } from '../spans/span-export.ts';

/** Why nothing answers at an address of the pod itself or of its node. */
export interface Unreached {
  readonly reason: string;
  /** Whether something that was not read may answer. */
  readonly cannotTell: boolean;
}

/** Judges an endpoint of the kind `loopback` or `no-host-port`. */
export function unreached(
  model: Model,
  { answer, workload, endpoint }: Pick<SpanExport, 'answer' | 'workload' | 'endpoint'>,
): Unreached {
  if (answer.kind === 'loopback' && !workload.hostNetwork) {
    return { reason: 'that is the pod itself, and no collector runs in it', cannotTell: false };
  }
  const agents = agentTitles(model);
  const port = `port ${endpoint.port ?? 'without number'} of the node`;
  return agents === '' || mayBeTaken(model, endpoint.port)
    ? { reason: `whether a collector takes ${port} is in no file that was read`, cannotTell: true }
    : { reason: `${agents} does not take ${port}`, cannotTell: false };
}

const agentTitles = memoized(({ collectors }) =>
  joinNames(collectors.filter(({ onEveryNode }) => onEveryNode).map(({ title }) => title)),
);

/** By pods whose configuration was not read. */
const mayBeTaken = (model: Model, port: number | undefined): boolean =>
  hasOpenCollector(model) ||
  (port !== undefined && (hostPorts(model).has(port) || (isNodePort(port) && hasOpenNodePort(model))));

/** Of the range that an API server has by default. */
const isNodePort = (port: number): boolean => port >= 30_000 && port <= 32_767;

/** Whether the API server picks a port of the nodes for a Service that leads to a collector. */
const hasOpenNodePort = memoized((model) =>
  model.services.some(
    (service) =>
      takesNodePorts(service) &&
      service.ports.some(({ nodePort }) => nodePort === undefined) &&
      NetworkIndex.of(model).collector(service) !== undefined,
  ),
);

/** Whether a collector may be on the network of every node, and its ports are not known. */
const hasOpenCollector = memoized(
  ({ collectors, manifests }) =>
    collectors.some(
      ({ unread, onEveryNode, hostNetwork }) => unread?.kind === 'elsewhere' && onEveryNode && hostNetwork,
    ) ||
    manifests.some(
      (manifest) => isOperatorResource(manifest, 'OpenTelemetryCollector') && operatorMode(manifest) === undefined,
    ),
);

/** Ports of the node that pods on every node take. */
const hostPorts = memoized(
  ({ workloads }) =>
    new Set(
      workloads
        .filter(({ kind }) => kind === 'DaemonSet')
        .flatMap(({ containers }) => containers.flatMap(({ value }) => listAt(value, 'ports')))
        .map((port) => numberAt(port, 'hostPort')),
    ),
);
