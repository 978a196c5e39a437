import { textListAt } from '../../yaml/value.ts';
import type { Variable } from '../environment/variable.ts';
import type { ApplicationContainer } from './instrumentation.ts';
import { writtenResourceAttributes } from './written-resource-attributes.ts';

/** What a container calls its service. */
export interface ServiceName {
  readonly variable: Variable;
  /** Undefined where it is set to a value that is not known. */
  readonly name: string | undefined;
}

/** By the variable that wins: an SDK reads the first two, and programs like to read the third. */
export function serviceNameOf({ environment }: ApplicationContainer): ServiceName | undefined {
  const attributes = writtenResourceAttributes(environment);
  const candidates = [
    known(environment.get('OTEL_SERVICE_NAME')),
    known(attributes.variable, attributes.values.get('service.name') ?? ''),
    known(environment.get('SERVICE_NAME')),
  ];
  return candidates.find((candidate) => candidate !== undefined);
}

function known(variable: Variable | undefined, value = variable?.value): ServiceName | undefined {
  if (variable === undefined || value === '') {
    return undefined;
  }
  return { variable, name: value === undefined || holdsUnknown(value) ? undefined : value };
}

/** Whether a part of a value is only known in the cluster. */
const holdsUnknown = (value: string): boolean =>
  /\$[({]/.test(value) || (value.includes('<') && value.indexOf('<') < value.lastIndexOf('>'));

/** Whether the name is given to the SDK on the command line, or to a Java agent. */
export function isNamedElsewhere({
  container,
  environment,
}: Pick<ApplicationContainer, 'container' | 'environment'>): boolean {
  const words = [...textListAt(container.value, 'command'), ...textListAt(container.value, 'args')];
  const options = ['JAVA_TOOL_OPTIONS', 'JAVA_OPTS'].map((name) => environment.get(name)?.value ?? '');
  return [...words, ...options].some((text) => /otel\.service\.name|--service[_-]name/.test(text));
}
