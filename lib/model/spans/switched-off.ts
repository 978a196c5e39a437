import type { Variable } from '../environment/variable.ts';

/** A variable with which the SDK sends no spans at all. */
export function switchedOffBy(environment: ReadonlyMap<string, Variable>): Variable | undefined {
  const disabled = environment.get('OTEL_SDK_DISABLED');
  if (disabled?.value?.trim().toLowerCase() === 'true') {
    return disabled;
  }
  const exporter = environment.get('OTEL_TRACES_EXPORTER');
  const names = exporter?.value ?? '';
  // What only the cluster knows may be anything.
  return names === '' || names.includes('otlp') || /[<$]/.test(names) ? undefined : exporter;
}
