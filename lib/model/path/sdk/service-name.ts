import { isNamedElsewhere } from '../../spans/service-name.ts';
import type { Reason, Verdict } from '../hop.ts';
import type { SpanPath } from '../span-path.ts';
import { configuredBy } from '../variable-source.ts';
import { referenceVerdict } from './reference-verdict.ts';

/** What the SDK calls the service. */
export function serviceNameVerdict(spanPath: SpanPath): Verdict {
  const { environment, attributes, container } = spanPath;
  const name = attributes.get('service.name');
  const message = `has the service name ${name}`;
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
    const unresolved =
      variable === undefined || !/\$[({]/.test(name) ? undefined : referenceVerdict(spanPath, variable);
    return unresolved === undefined
      ? { status: 'ok', message, reasons }
      : { ...unresolved, message, reasons: [...unresolved.reasons, ...reasons] };
  }
  return isNamedElsewhere({ environment, container })
    ? {
        status: 'ok',
        message: 'gets its service name from its command',
        reasons: [{ message: 'its command sets the service name' }],
      }
    : {
        status: 'unknown',
        message: 'has no service name',
        reasons: [{ message: 'unless the program sets a name, its spans belong to unknown_service' }],
      };
}

const identity = ['k8s.pod.name', 'k8s.pod.uid', 'k8s.pod.ip', 'k8s.node.name', 'k8s.namespace.name'];

/** Which attributes of its pod the SDK sets. */
export function identityReason(spanPath: SpanPath): Reason {
  const variable = spanPath.environment.get('OTEL_RESOURCE_ATTRIBUTES');
  const named = identity.filter((attribute) => spanPath.attributes.has(attribute));
  return variable === undefined || named.length === 0
    ? { message: 'it has no attribute of its pod: the collector must find the pod by its address' }
    : configuredBy(spanPath, variable, named.join(', '));
}
