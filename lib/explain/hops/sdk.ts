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
    const because = [toldBy(route, off, off.value)];
    return {
      name: 'SDK',
      status: 'broken',
      says: 'sends no spans: it is switched off',
      because,
      place: placeOf(route, off),
    };
  }
  const endpoint = endpointVerdict(route);
  const name = serviceNameVerdict(route);
  const sampling = samplingVerdict(route);
  const { status, says, because, place } = worst(endpoint, name, sampling);
  const isTold = route.settings.endpointVariable !== undefined || status !== 'unknown';
  const all = [
    ...because,
    ...[endpoint, name, sampling].flatMap((verdict) => verdict.because),
    ...(isTold ? [identityReason(route)] : []),
  ];
  return { name: 'SDK', status, says, because: [...new Set(isTold ? all : because)], place: place ?? endpoint.place };
}

function samplingVerdict(route: Route): Verdict {
  const { status, says, variable } = samplingOf(route.environment);
  return variable === undefined
    ? { status, says, because: [{ says: `it ${says}` }] }
    : {
        status,
        says,
        because: [toldBy(route, variable, `${variable.value}, which ${says}`)],
        place: placeOf(route, variable),
      };
}
