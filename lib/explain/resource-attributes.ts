import type { Variable } from '../model/environment/variable.ts';

/**
 * The resource attributes that an SDK takes from its environment. `OTEL_SERVICE_NAME` wins over `service.name` in
 * `OTEL_RESOURCE_ATTRIBUTES`; `SERVICE_NAME` is what the telemetry module falls back to.
 *
 * @see https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/#general-sdk-configuration
 */
export function resourceAttributesOf(environment: ReadonlyMap<string, Variable>): Map<string, string> {
  const attributes = new Map<string, string>();
  for (const pair of (environment.get('OTEL_RESOURCE_ATTRIBUTES')?.value ?? '').split(',')) {
    const separator = pair.indexOf('=');
    if (separator > 0) {
      attributes.set(pair.slice(0, separator).trim(), decoded(pair.slice(separator + 1).trim()));
    }
  }
  const name =
    environment.get('OTEL_SERVICE_NAME')?.value ||
    attributes.get('service.name') ||
    environment.get('SERVICE_NAME')?.value;
  if (name !== undefined) {
    attributes.set('service.name', name);
  }
  return attributes;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
