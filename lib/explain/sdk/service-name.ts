import { isNamedElsewhere } from '../../model/spans/service-name.ts';
import type { Reason, Verdict } from '../hop.ts';
import type { SpanPath } from '../span-path.ts';
import { configuredBy } from '../variable-source.ts';

/** What the SDK calls the service. */
export function serviceNameVerdict(spanPath: SpanPath): Verdict {
  const { environment, attributes, container } = spanPath;
  const name = attributes.get('service.name');
  const message = `calls itself ${name}`;
  if (name !== undefined && name !== '') {
    const variable = ['OTEL_SERVICE_NAME', 'OTEL_RESOURCE_ATTRIBUTES', 'SERVICE_NAME']
      .flatMap((candidate) => environment.get(candidate) ?? [])
      .find(({ value }) => value?.includes(name));
    const reasons =
      variable === undefined
        ? []
        : [
            configuredBy(
              spanPath,
              variable,
              variable.name === 'OTEL_RESOURCE_ATTRIBUTES' ? `service.name=${name}` : name,
            ),
          ];
    return /\$[({]/.test(name)
      ? { status: 'broken', message, reasons: [{ message: 'the kubelet left the reference as it is' }, ...reasons] }
      : { status: 'ok', message, reasons };
  }
  return isNamedElsewhere({ environment, container })
    ? {
        status: 'ok',
        message: 'has its name from its command',
        reasons: [{ message: 'its command names the service' }],
      }
    : {
        status: 'unknown',
        message: 'is told no name of the service',
        reasons: [{ message: 'unless its program names it, its spans are those of unknown_service' }],
      };
}

const identity = ['k8s.pod.name', 'k8s.pod.uid', 'k8s.pod.ip', 'k8s.node.name', 'k8s.namespace.name'];

/** What it says of its pod. */
export function identityReason(spanPath: SpanPath): Reason {
  const variable = spanPath.environment.get('OTEL_RESOURCE_ATTRIBUTES');
  const named = identity.filter((attribute) => spanPath.attributes.has(attribute));
  return variable === undefined || named.length === 0
    ? { message: 'it does not say which pod it is in: the collector must find out by the address' }
    : configuredBy(spanPath, variable, named.join(', '));
}
