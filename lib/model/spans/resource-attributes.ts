import type { Variable } from '../environment/variable.ts';
import { writtenResourceAttributes } from './written-resource-attributes.ts';

/**
 * The resource attributes that an SDK takes from its environment. `OTEL_SERVICE_NAME` wins over `service.name` in
 * `OTEL_RESOURCE_ATTRIBUTES`; `SERVICE_NAME` is what the telemetry module falls back to.
 *
 * @see https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/#general-sdk-configuration
 */
export function resourceAttributesOf(environment: ReadonlyMap<string, Variable>): Map<string, string> {
  const attributes = new Map(writtenResourceAttributes(environment).values);
  const name = configuredServiceName(environment);
  if (name !== undefined) {
    attributes.set('service.name', name);
  }
  return attributes;
}

/** The attribute `service.name` alone. */
export function configuredServiceName(environment: ReadonlyMap<string, Variable>): string | undefined {
  const written = writtenResourceAttributes(environment).values.get('service.name');
  return environment.get('OTEL_SERVICE_NAME')?.value || written || (environment.get('SERVICE_NAME')?.value ?? written);
}
