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
export const resourceAttributesIn = (text: string): ReadonlyMap<string, string> =>
  new Map(
    text.split(',').flatMap((pair): [string, string][] => {
      const [name = '', ...rest] = pair.split('=');
      return rest.length === 0 ? [] : [[name.trim(), decoded(rest.join('=').trim())]];
    }),
  );

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
