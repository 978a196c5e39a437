import { worst } from '../../certainty.ts';
import { missingData } from '../../environment/data-references.ts';
import { sendsSpans } from '../../spans/instrumentation.ts';
import { isProtocol } from '../../spans/otlp-protocol.ts';
import type { Hop, Verdict } from '../hop.ts';
import { hostNetworkFault, wrongIdentities } from '../pod-identity.ts';
import { endpointVerdict } from '../sdk/endpoint.ts';
import { judgedSampling } from '../sdk/judged-sampling.ts';
import { identityReason, serviceNameVerdict } from '../sdk/service-name.ts';
import type { SpanPath } from '../span-path.ts';
import { configuredBy, placeOf } from '../variable-source.ts';

/**
 * How the SDK is configured, and by which objects.
 *
 * @param processors what processors make of the span, where its collector is known
 */
export function sdkHop(spanPath: SpanPath, processors: Verdict | undefined): Hop {
  if (spanPath.instrumentation.kind === 'off') {
    const off = spanPath.instrumentation.variable;
    const reasons = [configuredBy(spanPath, off, off.value)];
    return {
      name: 'SDK',
      status: 'broken',
      cause: 'switched-off',
      message: 'sends no spans: it is switched off',
      reasons,
      place: placeOf(spanPath, off),
    };
  }
  const endpoint = endpointVerdict(spanPath);
  const missing = missingData(spanPath.model, spanPath.workload);
  if (missing !== undefined && endpoint.status !== 'broken') {
    const { keyPath } = missing.reference;
    const place = () => spanPath.workload.place(keyPath);
    return {
      name: 'SDK',
      status: 'broken',
      cause: 'missing-key',
      message: `its pod does not start: ${missing.message}`,
      reasons: [{ message: 'a pod does not start while data that it refers to are missing', place }],
      place,
    };
  }
  const name = serviceNameVerdict(spanPath);
  const sampling = samplingVerdict(spanPath);
  const identity = identityVerdict(spanPath, processors);
  const others = [protocolVerdict(spanPath), identity].flatMap((verdict) => verdict ?? []);
  const { reasons, place, ...judged } = worst(endpoint, name, sampling, ...others);
  const isConfigured = spanPath.settings.endpointVariable !== undefined || judged.status !== 'unknown';
  const all = [
    ...reasons,
    ...[endpoint, name, sampling].flatMap((verdict) => verdict.reasons),
    ...(isConfigured ? [identityReason(spanPath)] : []),
  ];
  return {
    name: 'SDK',
    ...judged,
    reasons: [...new Set(isConfigured ? all : reasons)],
    place: place ?? endpoint.place,
  };
}

/** A protocol that no SDK knows. */
function protocolVerdict(spanPath: SpanPath): Verdict | undefined {
  const { protocolVariable: variable, protocol = '' } = spanPath.settings;
  return variable === undefined || isProtocol(protocol)
    ? undefined
    : {
        status: 'broken',
        cause: 'protocol',
        message: `sends by ${protocol}, which no SDK knows`,
        reasons: [configuredBy(spanPath, variable, protocol)],
        place: placeOf(spanPath, variable),
      };
}

/** What the SDK says of its pod that is wrong whatever collector it sends to; where that breaks a hop, the hop says so. */
function identityVerdict(spanPath: SpanPath, processors: Verdict | undefined): Verdict | undefined {
  if (!sendsSpans(spanPath) || processors?.status === 'broken') {
    return undefined;
  }
  const [wrong] = wrongIdentities(spanPath);
  if (wrong !== undefined) {
    return {
      status: 'broken',
      cause: 'foreign-identity',
      message: wrong.reason(),
      reasons: [configuredBy(spanPath, wrong.variable)],
      place: placeOf(spanPath, wrong.variable),
    };
  }
  // A collector that is known decides by what it finds the pod.
  const fault = processors === undefined ? hostNetworkFault(spanPath) : undefined;
  return fault === undefined
    ? undefined
    : {
        status: 'broken',
        cause: 'host-network',
        message: `is on the network of its node and ${fault.what}`,
        reasons: [
          {
            message: 'all pods on that network have the same address',
            place: () => spanPath.workload.place(['spec', 'hostNetwork']),
          },
        ],
        place: () => spanPath.workload.place(['spec', 'hostNetwork']),
      };
}

function samplingVerdict(spanPath: SpanPath): Verdict {
  const { status, message, variable, share } = judgedSampling(spanPath.model, spanPath.environment);
  if (variable === undefined) {
    return { status: 'ok', message, reasons: [{ message: `it ${message}` }] };
  }
  const reasons = [configuredBy(spanPath, variable, `${variable.value}, which ${message}`)];
  const place = placeOf(spanPath, variable);
  return status === 'broken'
    ? { status, cause: share === 0 ? 'no-sample' : 'sampler', message, reasons, place }
    : { status, message, reasons, place };
}
