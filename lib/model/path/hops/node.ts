import { joinNames } from '../../../text/list.ts';
import type { Collector } from '../../collector/collector.ts';
import type { Model } from '../../model.ts';
import type { Service } from '../../network/service.ts';
import type { Workload } from '../../workload.ts';
import type { Hop, Verdict } from '../hop.ts';
import { noCollector } from '../no-collector.ts';
import { placementVerdict } from '../node-placement.ts';
import { systemOf, systemOfCollector } from '../operating-system.ts';
import type { SpanPath } from '../span-path.ts';

/** Who answers, and on which node. */
export function nodeHop({ model, workload, answer, settings }: SpanPath): Hop | undefined {
  const name = 'node';
  if (answer?.kind === 'workload') {
    const others = noCollector(model, { answer });
    if (others !== undefined) {
      return { name, ...noCollectorVerdict(others) };
    }
    const titles = answer.workloads.map(({ title }) => title).join(', ');
    const reasons = [{ message: 'it mounts no configuration of a collector that was read' }];
    return { name, status: 'unknown', message: `${titles} answers, and what it does was not read`, reasons };
  }
  if (answer?.kind !== 'collector') {
    return undefined;
  }
  const { collector, services } = answer;
  const foreign = collector.onEveryNode
    ? (otherSystem(model, workload, collector) ?? placementVerdict(model, workload, collector))
    : undefined;
  if (foreign !== undefined) {
    return { name, ...foreign };
  }
  const service = services.at(-1);
  return {
    name,
    ...(service === undefined
      ? byNode(collector, settings.endpoint?.host.kind === 'node', settings.endpoint?.port)
      : byService(collector, service)),
  };
}

const noCollectorVerdict = (workloads: readonly Workload[]): Verdict => ({
  status: 'broken',
  cause: 'direct-export',
  message: `${joinNames(workloads.map(({ title }) => title))} answers, which is no collector`,
  reasons: workloads.map((workload) => ({
    message: `${workload.title} runs no image of a collector`,
    place: () => workload.place(['spec', 'containers']),
  })),
});

/** Pods on Windows nodes whose node has no agent. */
function otherSystem(model: Model, workload: Workload, collector: Collector): Verdict | undefined {
  const isForWindows = (each: Collector) => each.onEveryNode && systemOfCollector(model, each) === 'windows';
  if (systemOf(workload.podTemplate['spec']) !== 'windows' || model.collectors.some(isForWindows)) {
    return undefined;
  }
  const system = systemOfCollector(model, collector);
  const place = () => workload.place(['spec', 'nodeSelector']);
  const reasons = [{ message: `${workload.title} runs on Windows nodes`, place }];
  return system === undefined
    ? { status: 'unknown', message: `cannot tell whether ${collector.title} runs on Windows nodes`, reasons, place }
    : {
        status: 'broken',
        cause: 'other-system',
        message: `${collector.title} runs on ${system} nodes only`,
        reasons,
        place,
      };
}

function byService(collector: Collector, service: Service): Verdict {
  const { internalTrafficPolicy: policy, headless } = service;
  const { title, onEveryNode } = collector;
  if (!onEveryNode) {
    const reasons = [
      { message: 'it is no DaemonSet: its node need not be that of the pod', place: () => collector.place() },
    ];
    return { status: 'ok', message: `${title} answers, on whichever node it is`, reasons };
  }
  const place = () => service.place();
  if (service.isAtNode === true) {
    return byNodePort(collector, service);
  }
  const traffic = `Service ${service.name} ${headless ? 'is headless' : `has internalTrafficPolicy ${policy}`}`;
  return !headless && policy === 'Local'
    ? { status: 'ok', message: `${title} answers, on the pod's own node`, reasons: [{ message: traffic, place }] }
    : {
        status: 'broken',
        cause: 'other-nodes',
        message: `${title} answers, of any node`,
        reasons: [{ message: traffic, place }, { message: 'an agent knows the pods of its own node only' }],
        place,
      };
}

/** Where a port of the node leads from a pod depends on the plug-in, if the policy for what comes from outside is Local. */
function byNodePort({ title }: Collector, { name, externalTrafficPolicy, place }: Service): Verdict {
  const reasons = [
    { message: `Service ${name} has externalTrafficPolicy ${externalTrafficPolicy}`, place },
    { message: 'an agent knows the pods of its own node only' },
  ];
  return externalTrafficPolicy === 'Local'
    ? { status: 'unknown', message: `cannot tell whether ${title} answers of the pod's own node`, reasons, place }
    : { status: 'broken', cause: 'other-nodes', message: `${title} answers, of any node`, reasons, place };
}

function byNode({ title, hostNetwork, place }: Collector, isNode: boolean, port: number | undefined): Verdict {
  const reason = hostNetwork ? "it is on its node's network" : `it has hostPort ${port}`;
  return isNode
    ? {
        status: 'ok',
        message: `${title} answers, on the pod's own node`,
        reasons: [{ message: reason, place: () => place() }],
      }
    : {
        status: 'ok',
        message: `${title} answers, beside the program`,
        reasons: [{ message: 'localhost leads to it', place: () => place() }],
      };
}
