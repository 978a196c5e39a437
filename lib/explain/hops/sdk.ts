import { worst } from '../../model/certainty.ts';
import { samplingOf } from '../../model/spans/sampling.ts';
import type { Hop, Verdict } from '../hop.ts';
import type { Route } from '../route.ts';
import { endpointVerdict } from '../sdk/endpoint.ts';
import { identityReason, serviceNameVerdict } from '../sdk/service-name.ts';
import { placeOf, toldBy } from '../variable-source.ts';

/** What the SDK is told, and which object tells it. */
export function sdkHop(route: Route): Hop {
  if (route.instrumentation.kind === 'off') {
    const off = route.instrumentation.variable;
    const reasons = [toldBy(route, off, off.value)];
    return {
      name: 'SDK',
      status: 'broken',
      message: 'sends no spans: it is switched off',
      reasons,
      place: placeOf(route, off),
    };
  }
  const endpoint = endpointVerdict(route);
  const name = serviceNameVerdict(route);
  const sampling = samplingVerdict(route);
  const { status, message, reasons, place } = worst(endpoint, name, sampling);
  const isTold = route.settings.endpointVariable !== undefined || status !== 'unknown';
  const all = [
    ...reasons,
    ...[endpoint, name, sampling].flatMap((verdict) => verdict.reasons),
    ...(isTold ? [identityReason(route)] : []),
  ];
  return {
    name: 'SDK',
    status,
    message,
    reasons: [...new Set(isTold ? all : reasons)],
    place: place ?? endpoint.place,
  };
}

function samplingVerdict(route: Route): Verdict {
  const { status, says: message, variable } = samplingOf(route.environment);
  return variable === undefined
    ? { status, message, reasons: [{ message: `it ${message}` }] }
    : {
        status,
        message,
        reasons: [toldBy(route, variable, `${variable.value}, which ${message}`)],
        place: placeOf(route, variable),
      };
}
