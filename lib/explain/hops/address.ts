import type { Answer } from '../../model/network/resolve.ts';
import type { Service } from '../../model/network/service.ts';
import { servicePort } from '../../model/spans/listener-at.ts';
import type { Hop, Verdict } from '../hop.ts';
import type { Route } from '../route.ts';
import { withoutService } from './missing-service.ts';
import { serviceReason, titleOf } from './service-reason.ts';

/** What the endpoint's name stands for. */
export function addressHop(route: Route): Hop | undefined {
  const { answer } = route;
  return answer === undefined ? undefined : { name: 'address', ...verdictOf(route, answer) };
}

function verdictOf(route: Route, answer: Answer): Verdict {
  const { endpoint } = route.settings;
  const host = endpoint?.text ?? '';
  switch (answer.kind) {
    case 'collector':
      return answer.services.length === 0 ? withoutName(route) : throughServices(route, answer.services);
    case 'workload':
      return throughServices(route, answer.services);
    case 'coralogix':
      return {
        status: 'broken',
        says: `${answer.host} is Coralogix itself: the span passes every collector by`,
        because: [{ says: 'nothing adds pod and node, and nothing counts the span' }],
      };
    case 'loopback':
      return { status: 'broken', says: `${host} is the pod itself`, because: [{ says: 'no collector runs in it' }] };
    case 'no-host-port':
      return {
        status: 'broken',
        says: `${host} is a port of the node that no collector takes`,
        because: route.model.collectors.map(({ title, hostPorts, place }) => ({
          says: `${title} takes ${hostPorts.length === 0 ? 'no port of its node' : `ports ${hostPorts.join(', ')} of its node`}`,
          place: place(),
        })),
      };
    case 'no-service':
      return withoutService(route, answer);
    case 'no-pods':
      return { status: 'broken', says: 'the Service selects no pod', because: answer.services.map(serviceReason) };
    case 'unknown':
      return { status: 'unknown', says: `cannot tell where ${host} leads`, because: [{ says: answer.because }] };
  }
}

function throughServices({ answer, settings }: Route, services: readonly Service[]): Verdict {
  const because = services.map(serviceReason);
  const last = services.at(-1);
  const port = settings.endpoint?.port;
  const isMissing =
    port !== undefined && answer !== undefined && 'services' in answer && servicePort(answer, port) === undefined;
  if (last !== undefined && isMissing) {
    const ports = last.ports.map((entry) => entry.port).join(', ');
    return {
      status: 'broken',
      says: `${titleOf(last)} has no port ${port}`,
      because: [{ says: `its ports are ${ports === '' ? 'none' : ports}`, place: last.place() }, ...because],
    };
  }
  const names = services.map(({ name, namespace }) => `${name}.${namespace}`);
  return { status: 'ok', says: `the name leads to ${names.at(-1)}`, because };
}

function withoutName({ settings, workload }: Route): Verdict {
  const { host, port, text } = settings.endpoint ?? {};
  return host?.kind === 'node'
    ? {
        status: 'ok',
        says: `it is port ${port} of the pod's own node`,
        because: [{ says: 'the host is status.hostIP of the downward API' }],
      }
    : {
        status: 'ok',
        says: `${text} is ${workload.hostNetwork ? 'the node itself' : 'the pod itself, where a collector runs beside'}`,
        because: workload.hostNetwork
          ? [{ says: "the pod is on its node's network", place: workload.place(['spec', 'hostNetwork']) }]
          : [],
      };
}
