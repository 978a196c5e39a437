import { textAt, valueAt } from '../../../yaml/value.ts';
import { nodeResolverReason, resolverOf } from '../../network/pod-resolver.ts';
import type { Answer } from '../../network/resolve.ts';
import type { Service } from '../../network/service.ts';
import { missingTarget, servicePort } from '../../spans/listener-at.ts';
import type { Hop, Verdict } from '../hop.ts';
import { nearMiss } from '../meant-service.ts';
import { unreached } from '../reach.ts';
import type { SpanPath } from '../span-path.ts';
import { withoutService } from './missing-service.ts';
import { policyVerdict } from './policies.ts';
import { serviceReason, serviceTitle } from './service-reason.ts';

/** What the endpoint's name stands for. */
export function addressHop(spanPath: SpanPath): Hop | undefined {
  const { answer } = spanPath;
  const verdict = answer && verdictOf(spanPath, answer);
  const refused = verdict?.status === 'ok' ? policyVerdict(spanPath) : undefined;
  return verdict && { name: 'address', ...(refused ?? verdict) };
}

function verdictOf(spanPath: SpanPath, answer: Answer): Verdict {
  const isName = 'services' in answer && answer.services.length > 0 && answer.services[0]?.isAtNode !== true;
  const unresolved = isName ? withoutResolver(spanPath) : undefined;
  if (unresolved?.status === 'broken') {
    return unresolved;
  }
  const resolved = resolvedVerdict(spanPath, answer);
  return resolved.status === 'broken' ? resolved : (unresolved ?? resolved);
}

function resolvedVerdict(spanPath: SpanPath, answer: Answer): Verdict {
  const host = spanPath.settings.endpoint?.text ?? '';
  switch (answer.kind) {
    case 'collector':
      return answer.services.length === 0 ? withoutName(spanPath) : throughServices(spanPath, answer.services);
    case 'workload':
      return throughServices(spanPath, answer.services);
    case 'coralogix':
      return {
        status: 'broken',
        cause: 'direct-export',
        message: `${answer.host} is Coralogix itself: the span bypasses every collector`,
        reasons: [{ message: 'nothing adds pod and node, and nothing counts the span' }],
      };
    case 'loopback':
      return spanPath.workload.hostNetwork ? atNode(spanPath, answer) : inPod(spanPath);
    case 'no-host-port':
      return atNode(spanPath, answer);
    case 'no-service':
      return withoutService(spanPath, answer);
    case 'no-pods':
      return missingPort(spanPath, answer.services) ?? withoutPods(spanPath, answer.services);
    case 'unknown':
      return { status: 'unknown', message: `cannot tell where ${host} leads`, reasons: [{ message: answer.reason }] };
  }
}

/** A Service that the resolver of the pod does not know, or may not know. */
function withoutResolver({ workload, settings }: SpanPath): Verdict | undefined {
  const resolver = resolverOf(workload.podTemplate);
  const key = valueAt(workload.podTemplate, 'spec', 'dnsPolicy') === undefined ? 'hostNetwork' : 'dnsPolicy';
  const place = () => workload.place(['spec', key]);
  switch (resolver) {
    case 'cluster':
      return undefined;
    case 'own':
      return {
        status: 'unknown',
        message: `cannot tell whether the pod resolves ${settings.endpoint?.text}`,
        reasons: [{ message: 'dnsPolicy: None asks the servers of dnsConfig alone', place }],
        place,
      };
    case 'node':
      return {
        status: 'broken',
        cause: 'no-cluster-dns',
        message: `the pod does not resolve ${settings.endpoint?.text}`,
        reasons: [{ message: nodeResolverReason(textAt(workload.podTemplate, 'spec', 'dnsPolicy')), place }],
        place,
      };
  }
}

const inPod = ({ settings, workload, container }: SpanPath): Verdict => ({
  status: 'broken',
  cause: 'localhost',
  message: `${settings.endpoint?.text} is the pod itself`,
  reasons: [{ message: 'no collector runs in it', place: () => workload.manifest.place(container.path) }],
});

/** A port of the node that no collector takes that was read. */
function atNode({ model, workload, settings: { endpoint } }: SpanPath, answer: Answer): Verdict {
  if (endpoint === undefined) {
    return { status: 'unknown', message: 'cannot tell which port of the node is meant', reasons: [] };
  }
  const { reason, cannotTell } = unreached(model, { answer, workload, endpoint });
  const reasons = model.collectors.map(({ title, hostPorts, place }) => ({
    message: `${title} takes ${hostPorts.length === 0 ? 'no port of its node' : `ports ${hostPorts.join(', ')} of its node`}`,
    place: () => place(),
  }));
  return cannotTell
    ? {
        status: 'unknown',
        message: `${endpoint.text} is a port of the node that no collector takes that was read`,
        reasons: [{ message: reason }, ...reasons],
      }
    : {
        status: 'broken',
        cause: 'no-host-port',
        message: `${endpoint.text} is a port of the node that no collector takes`,
        reasons,
      };
}

/** Pods that were not read may be selected, unless the Service is certainly for some that were. */
function withoutPods({ model }: SpanPath, services: readonly Service[]): Verdict {
  const last = services.at(-1);
  const miss = last === undefined ? undefined : nearMiss(model, last);
  const reasons = services.map(serviceReason);
  return miss === undefined
    ? { status: 'unknown', message: 'the Service selects no pod that was read', reasons }
    : {
        status: 'broken',
        cause: 'no-pods',
        message: 'the Service selects no pod',
        reasons: [
          {
            message: `${miss.workload.title} has ${miss.label}: ${miss.value}`,
            place: () => miss.workload.place(['metadata', 'labels', miss.label]),
          },
          ...reasons,
        ],
      };
}

function throughServices(spanPath: SpanPath, services: readonly Service[]): Verdict {
  const names = services.map(({ name, namespace }) => `${name}.${namespace}`);
  return (
    missingPort(spanPath, services) ?? {
      status: 'ok',
      message:
        services.at(-1)?.isAtNode === true
          ? `port ${spanPath.settings.endpoint?.port} of the node leads to ${names.at(-1)}`
          : `the name leads to ${names.at(-1)}`,
      reasons: services.map(serviceReason),
    }
  );
}

/** A port that the last Service does not have. */
function missingPort({ answer, settings }: SpanPath, services: readonly Service[]): Verdict | undefined {
  const reasons = services.map(serviceReason);
  const last = services.at(-1);
  const port = settings.endpoint?.port;
  const target = port !== undefined && answer?.kind === 'collector' ? missingTarget(answer, port) : undefined;
  if (last !== undefined && target !== undefined) {
    return {
      status: 'broken',
      cause: 'no-service-port',
      message: `${serviceTitle(last)} sends to port ${target}, and no port of its pods has that name`,
      reasons,
      place: () => last.place(),
    };
  }
  const isMissing =
    port !== undefined && answer !== undefined && 'services' in answer && servicePort(answer, port) === undefined;
  if (last !== undefined && isMissing) {
    const ports = last.ports.map((entry) => entry.port).join(', ');
    return {
      status: 'broken',
      cause: 'no-service-port',
      message: `${serviceTitle(last)} has no port ${port}`,
      reasons: [{ message: `its ports are ${ports === '' ? 'none' : ports}`, place: () => last.place() }, ...reasons],
    };
  }
  return undefined;
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
          ? [{ message: "the pod is on its node's network", place: () => workload.place(['spec', 'hostNetwork']) }]
          : [],
      };
}
