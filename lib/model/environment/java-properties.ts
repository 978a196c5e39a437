import { textListAt } from '../../yaml/value.ts';
import type { Container } from '../workload.ts';
import { expand } from './expand.ts';
import type { Variable } from './variable.ts';

/** Options that a JVM takes from its environment, in the order in which they count less than what comes later. */
const before = ['JAVA_TOOL_OPTIONS', 'JDK_JAVA_OPTIONS'];
const behind = ['_JAVA_OPTIONS'];

/** A property in options or in a line for a shell; its value may stand in quotes. */
const property = /(?<=^|[\s"'=])-D(otel\.[\w.-]+)=("[^"]*"|'[^']*'|[^\s"']*)/g;

/**
 * The environment with the properties `-Dotel.…` of a JVM in the places of the variables that they outrank: of
 * `JAVA_TOOL_OPTIONS`, then of the command line, and last of `_JAVA_OPTIONS`.
 *
 * @see https://opentelemetry.io/docs/zero-code/java/agent/configuration/
 */
export function withJavaProperties(
  environment: ReadonlyMap<string, Variable>,
  container: Container,
): ReadonlyMap<string, Variable> {
  const found = [
    ...before.flatMap((name) => ofVariable(environment.get(name))),
    ...ofCommandLine(environment, container),
    ...behind.flatMap((name) => ofVariable(environment.get(name))),
  ];
  return found.length === 0
    ? environment
    : new Map([...environment, ...found.map((variable) => [variable.name, variable] as const)]);
}

/** The variable for which a property stands. */
const variableName = (name: string): string => name.toUpperCase().replaceAll(/[.-]/g, '_');

function propertiesIn(text: string, make: (value: string, name: string) => Omit<Variable, 'name'>): Variable[] {
  return [...text.matchAll(property)].map(([, name = '', quoted = '']) => ({
    name: variableName(name),
    ...make(quoted.replace(/^(["'])(.*)\1$/, '$2'), name),
  }));
}

function ofVariable(carrier: Variable | undefined): Variable[] {
  return carrier?.value?.includes('-Dotel.') !== true
    ? []
    : propertiesIn(carrier.value, (value, name) => ({
        value,
        written: value,
        origin: { kind: 'property', property: `-D${name}`, carrier },
        path: carrier.path,
        unexpanded: [],
      }));
}

function ofCommandLine(environment: ReadonlyMap<string, Variable>, { value: container, path }: Container): Variable[] {
  const carriers = [...environment.values()].filter(({ value }) => value?.includes('-Dotel.')).map(({ name }) => name);
  const mayHold = (word: string) =>
    word.includes('-Dotel.') || (word.includes('$') && carriers.some((name) => word.includes(name)));
  return ['command', 'args'].flatMap((key) => {
    const words = textListAt(container, key);
    return words.flatMap((word, index) => {
      if (!mayHold(word)) {
        return [];
      }
      const { value = '', unexpanded } = expand(word, (name) => environment.get(name));
      // An argument of its own is no line for a shell, and may have blanks in its value.
      const [, own, rest] = /^-D(otel\.[\w.-]+)=(.*)$/s.exec(value) ?? [];
      const make = (text: string, name: string) => ({
        value: text,
        written: text,
        origin: { kind: 'property', property: `-D${name}`, carrier: undefined } as const,
        path: [...path, key, index],
        unexpanded: unexpanded.filter((reference) => text.includes(`$(${reference})`)),
      });
      return own === undefined || rest === undefined
        ? propertiesIn(ofShell(value, environment), make)
        : [{ name: variableName(own), ...make(rest, own) }];
    });
  });
}

/** A shell replaces `$NAME` and `${NAME}` by what the process has. */
const ofShell = (text: string, environment: ReadonlyMap<string, Variable>): string =>
  text.replaceAll(/\$(?:\{(\w+)\}|(\w+))/g, (match, braced?: string, plain?: string) => {
    const variable = environment.get(braced ?? plain ?? '');
    return variable?.value ?? match;
  });
