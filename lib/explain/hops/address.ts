import type { Answer } from '../../model/network/resolve.ts';
import type { Service } from '../../model/network/service.ts';
import { servicePort } from '../../model/spans/listener-at.ts';
import type { Hop, Verdict } from '../hop.ts';
import type { SpanPath } from '../span-path.ts';
import { withoutService } from './missing-service.ts';
import { serviceReason, titleOf } from './service-reason.ts';

/** What the endpoint's name stands for. */
export function addressHop(spanPath: SpanPath): Hop | undefined {
  const { answer } = spanPath;
  return answer === undefined ? undefined : { name: 'address', ...verdictOf(spanPath, answer) };
}

function verdictOf(spanPath: SpanPath, answer: Answer): Verdict {
  const { endpoint } = spanPath.settings;
  const host = endpoint?.text ?? '';
  switch (answer.kind) {
    case 'collector':
      return answer.services.length === 0 ? withoutName(spanPath) : throughServices(spanPath, answer.services);
    case 'workload':
      return throughServices(spanPath, answer.services);
    case 'coralogix':
      return {
        status: 'broken',
        message: `${answer.host} is Coralogix itself: the span bypasses every collector`,
        reasons: [{ message: 'nothing adds pod and node, and nothing counts the span' }],
      };
    case 'loopback':
      return {
        status: 'broken',
        message: `${host} is the pod itself`,
        reasons: [{ message: 'no collector runs in it' }],
      };
    case 'no-host-port':
      return {
        status: 'broken',
        message: `${host} is a port of the node that no collector takes`,
        reasons: spanPath.model.collectors.map(({ title, hostPorts, place }) => ({
          message: `${title} takes ${hostPorts.length === 0 ? 'no port of its node' : `ports ${hostPorts.join(', ')} of its node`}`,
          place: place(),
        })),
      };
    case 'no-service':
      return withoutService(spanPath, answer);
    case 'no-pods':
      return { status: 'broken', message: 'the Service selects no pod', reasons: answer.services.map(serviceReason) };
    case 'unknown':
      return { status: 'unknown', message: `cannot tell where ${host} leads`, reasons: [{ message: answer.reason }] };
  }
}

function throughServices({ answer, settings }: SpanPath, services: readonly Service[]): Verdict {
  const reasons = services.map(serviceReason);
  const last = services.at(-1);
  const port = settings.endpoint?.port;
  const isMissing =
    port !== undefined && answer !== undefined && 'services' in answer && servicePort(answer, port) === undefined;
  if (last !== undefined && isMissing) {
    const ports = last.ports.map((entry) => entry.port).join(', ');
    return {
      status: 'broken',
      message: `${titleOf(last)} has no port ${port}`,
      reasons: [{ message: `its ports are ${ports === '' ? 'none' : ports}`, place: last.place() }, ...reasons],
    };
  }
  const names = services.map(({ name, namespace }) => `${name}.${namespace}`);
  return { status: 'ok', message: `the name leads to ${names.at(-1)}`, reasons };
}

function withoutName({ settings, workload }: SpanPath): Verdict {
  const { host, port, text } = settings.endpoint ?? {};
  return host?.kind === 'node'
    ? {
        status: 'ok',
        message: `it is port ${port} of the pod's own node`,
        reasons: [{ message: 'the host is status.hostIP of the downward API' }],
      }
    : {
        status: 'ok',
        message: `${text} is ${workload.hostNetwork ? 'the node itself' : 'the pod itself, where a collector runs beside'}`,
        reasons: workload.hostNetwork
          ? [{ message: "the pod is on its node's network", place: workload.place(['spec', 'hostNetwork']) }]
          : [],
      };
}
