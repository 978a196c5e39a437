import type { Collector } from '../../model/collector/collector.ts';
import type { Service } from '../../model/network/service.ts';
import type { Hop, Verdict } from '../hop.ts';
import type { Route } from '../route.ts';

/** Who answers, and on which node. */
export function nodeHop({ answer, settings }: Route): Hop | undefined {
  const name = 'node';
  if (answer?.kind === 'workload') {
    const titles = answer.workloads.map(({ title }) => title).join(', ');
    const because = [{ says: 'it mounts no configuration of a collector that was read' }];
    return { name, status: 'unknown', says: `${titles} answers, and what it does was not read`, because };
  }
  if (answer?.kind !== 'collector') {
    return undefined;
  }
  const { collector, services } = answer;
  const service = services.at(-1);
  return {
    name,
    ...(service === undefined
      ? byNode(collector, settings.endpoint?.host.kind === 'node', settings.endpoint?.port)
      : byService(collector, service)),
  };
}

function byService(collector: Collector, service: Service): Verdict {
  const { internalTrafficPolicy: policy, headless } = service;
  const { title, onEveryNode } = collector;
  if (!onEveryNode) {
    const because = [{ says: 'it is no DaemonSet: its node need not be that of the pod', place: collector.place() }];
    return { status: 'ok', says: `${title} answers, on whichever node it is`, because };
  }
  const place = service.place();
  const traffic = `Service ${service.name} ${headless ? 'is headless' : `has internalTrafficPolicy ${policy}`}`;
  return !headless && policy === 'Local'
    ? { status: 'ok', says: `${title} answers, on the pod's own node`, because: [{ says: traffic, place }] }
    : {
        status: 'broken',
        says: `${title} answers, of any node`,
        because: [{ says: traffic, place }, { says: 'an agent knows the pods of its own node only' }],
        place,
      };
}

function byNode({ title, hostNetwork, place }: Collector, isNode: boolean, port: number | undefined): Verdict {
  const because = hostNetwork ? "it is on its node's network" : `it has hostPort ${port}`;
  return isNode
    ? { status: 'ok', says: `${title} answers, on the pod's own node`, because: [{ says: because, place: place() }] }
    : {
        status: 'ok',
        says: `${title} answers, beside the program`,
        because: [{ says: 'localhost leads to it', place: place() }],
      };
}
