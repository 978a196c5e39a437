import { worst } from '../../certainty.ts';
import type { Hop, Verdict } from '../hop.ts';
import { endpointVerdict } from '../sdk/endpoint.ts';
import { judgedSampling } from '../sdk/judged-sampling.ts';
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
      cause: 'switched-off',
      message: 'sends no spans: it is switched off',
      reasons,
      place: placeOf(spanPath, off),
    };
  }
  const endpoint = endpointVerdict(spanPath);
  const name = serviceNameVerdict(spanPath);
  const sampling = samplingVerdict(spanPath);
  const { reasons, place, ...judged } = worst(endpoint, name, sampling);
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

function samplingVerdict(spanPath: SpanPath): Verdict {
  const { status, message, variable } = judgedSampling(spanPath.model, spanPath.environment);
  if (variable === undefined) {
    return { status: 'ok', message, reasons: [{ message: `it ${message}` }] };
  }
  const reasons = [configuredBy(spanPath, variable, `${variable.value}, which ${message}`)];
  const place = placeOf(spanPath, variable);
  return status === 'broken'
    ? { status, cause: 'sampler', message, reasons, place }
    : { status, message, reasons, place };
}
