import type { Variable } from '../environment/variable.ts';

export const resourceAttributesVariable = 'OTEL_RESOURCE_ATTRIBUTES';

/** The attributes in `OTEL_RESOURCE_ATTRIBUTES`, as the process sees them; what only the cluster knows stands as `<field>`. */
export interface ResourceAttributes {
  /** Undefined where the container has no such variable. */
  readonly variable: Variable | undefined;
  readonly values: ReadonlyMap<string, string>;
}

/** Parsed once an environment, since many rules ask. */
const known = new WeakMap<ReadonlyMap<string, Variable>, ResourceAttributes>();

/** @see https://opentelemetry.io/docs/specs/otel/resource/sdk/#specifying-resource-information-via-an-environment-variable */
export function writtenResourceAttributes(environment: ReadonlyMap<string, Variable>): ResourceAttributes {
  const variable = environment.get(resourceAttributesVariable);
  const before = known.get(environment);
  if (before !== undefined && before.variable === variable) {
    return before;
  }
  const attributes = { variable, values: resourceAttributesIn(variable?.value ?? '') };
  known.set(environment, attributes);
  return attributes;
}

/** The attributes in the value of such a variable. */
export function resourceAttributesIn(text: string): ReadonlyMap<string, string> {
  const attributes = new Map<string, string>();
  for (const pair of text.split(',')) {
    const equals = pair.indexOf('=');
    if (equals >= 0) {
      attributes.set(pair.slice(0, equals).trim(), decoded(pair.slice(equals + 1).trim()));
    }
  }
  return attributes;
}

function decoded(value: string): string {
  if (!value.includes('%')) {
    return value;
  }
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
