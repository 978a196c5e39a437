import { isNamedElsewhere } from '../../model/spans/service-name.ts';
import type { Reason, Verdict } from '../hop.ts';
import type { Route } from '../route.ts';
import { toldBy } from '../variable-source.ts';

/** What the SDK calls the service. */
export function serviceNameVerdict(route: Route): Verdict {
  const { environment, attributes, container } = route;
  const name = attributes.get('service.name');
  const says = `calls itself ${name}`;
  if (name !== undefined && name !== '') {
    const variable = ['OTEL_SERVICE_NAME', 'OTEL_RESOURCE_ATTRIBUTES', 'SERVICE_NAME']
      .flatMap((candidate) => environment.get(candidate) ?? [])
      .find(({ value }) => value?.includes(name));
    const because =
      variable === undefined
        ? []
        : [toldBy(route, variable, variable.name === 'OTEL_RESOURCE_ATTRIBUTES' ? `service.name=${name}` : name)];
    return /\$[({]/.test(name)
      ? { status: 'broken', says, because: [{ says: 'the kubelet left the reference as it is' }, ...because] }
      : { status: 'ok', says, because };
  }
  return isNamedElsewhere({ environment, container })
    ? { status: 'ok', says: 'has its name from its command', because: [{ says: 'its command names the service' }] }
    : {
        status: 'unknown',
        says: 'is told no name of the service',
        because: [{ says: 'unless its program names it, its spans are those of unknown_service' }],
      };
}

const identity = ['k8s.pod.name', 'k8s.pod.uid', 'k8s.pod.ip', 'k8s.node.name', 'k8s.namespace.name'];

/** What it says of its pod. */
export function identityReason(route: Route): Reason {
  const variable = route.environment.get('OTEL_RESOURCE_ATTRIBUTES');
  const named = identity.filter((attribute) => route.attributes.has(attribute));
  return variable === undefined || named.length === 0
    ? { says: 'it does not say which pod it is in: the collector must find out by the address' }
    : toldBy(route, variable, named.join(', '));
}
