import { worst } from '../../model/certainty.ts';
import { samplingOf } from '../../model/spans/sampling.ts';
import type { Hop, Verdict } from '../hop.ts';
import { endpointVerdict } from '../sdk/endpoint.ts';
import { identityReason, serviceNameVerdict } from '../sdk/service-name.ts';
import type { SpanPath } from '../span-path.ts';
import { configuredBy, placeOf } from '../variable-source.ts';

/** How the SDK is configured, and by which objects. */
export function sdkHop(spanPath: SpanPath): Hop {
  if (spanPath.instrumentation.kind === 'off') {
    const off = spanPath.instrumentation.variable;
    const reasons = [configuredBy(spanPath, off, off.value)];
    return {
      name: 'SDK',
      status: 'broken',
      message: 'sends no spans: it is switched off',
      reasons,
      place: placeOf(spanPath, off),
    };
  }
  const endpoint = endpointVerdict(spanPath);
  const name = serviceNameVerdict(spanPath);
  const sampling = samplingVerdict(spanPath);
  const { status, message, reasons, place } = worst(endpoint, name, sampling);
  const isConfigured = spanPath.settings.endpointVariable !== undefined || status !== 'unknown';
  const all = [
    ...reasons,
    ...[endpoint, name, sampling].flatMap((verdict) => verdict.reasons),
    ...(isConfigured ? [identityReason(spanPath)] : []),
  ];
  return {
    name: 'SDK',
    status,
    message,
    reasons: [...new Set(isConfigured ? all : reasons)],
    place: place ?? endpoint.place,
  };
}

function samplingVerdict(spanPath: SpanPath): Verdict {
  const { status, message, variable } = samplingOf(spanPath.environment);
  return variable === undefined
    ? { status, message, reasons: [{ message: `it ${message}` }] }
    : {
        status,
        message,
        reasons: [configuredBy(spanPath, variable, `${variable.value}, which ${message}`)],
        place: placeOf(spanPath, variable),
      };
}
