import { ownValue } from '../../own-value.ts';
import { textListAt } from '../../yaml/value.ts';
import type { ApplicationContainer } from './instrumentation.ts';
import type { OtlpTransport } from './otlp-protocol.ts';

/** What sends the spans of a container, where its manifest shows it. */
export interface SdkDefault {
  /** Language of the program, by the name that the operator has for it. */
  readonly language: 'java' | 'nodejs' | 'python' | 'dotnet' | 'go';
  /** In messages. */
  readonly name: string;
  /** What it sends over where no variable says it. @see docs/languages.md */
  readonly transport: OtlpTransport;
}

/** By what a container loads or runs. The Java agent has another default since its version 2. */
const evidence: readonly (SdkDefault & { readonly loaded: RegExp })[] = [
  {
    language: 'java',
    name: 'Java agent 1.x',
    transport: 'grpc',
    loaded: /-javaagent:\S*opentelemetry-javaagent-1\.\S*\.jar/,
  },
  {
    language: 'java',
    name: 'Java agent 2.x',
    transport: 'http',
    loaded: /-javaagent:\S*opentelemetry-javaagent-[2-9]\.\S*\.jar/,
  },
  { language: 'nodejs', name: 'Node.js SDK', transport: 'http', loaded: /@opentelemetry\/auto-instrumentations-node/ },
  { language: 'python', name: 'Python SDK', transport: 'grpc', loaded: /opentelemetry-instrument(?![a-z])/ },
  {
    language: 'dotnet',
    name: '.NET automatic instrumentation',
    transport: 'http',
    loaded: /OpenTelemetry\.AutoInstrumentation/,
  },
];

const loaders = [
  'JAVA_TOOL_OPTIONS',
  'JDK_JAVA_OPTIONS',
  'NODE_OPTIONS',
  'CORECLR_PROFILER_PATH',
  'DOTNET_STARTUP_HOOKS',
];

/** What the operator injects, by language. The images of Java and Node.js have had more than one default. */
const injected: Readonly<Record<string, SdkDefault>> = {
  dotnet: { language: 'dotnet', name: '.NET automatic instrumentation', transport: 'http' },
  go: { language: 'go', name: 'Go automatic instrumentation', transport: 'http' },
};

/** Undefined where the manifest does not show it, or shows more than one. */
export function sdkDefaultOf({
  container,
  environment,
  instrumentation,
}: ApplicationContainer): SdkDefault | undefined {
  if (instrumentation.kind === 'injected') {
    return ownValue(injected, instrumentation.language);
  }
  return loadedSdk(container.value, (name) => environment.get(name)?.value);
}

/**
 * What a container loads by its command or by a variable.
 *
 * @param valueNamed the value of a variable
 * @returns undefined where it loads nothing that is known, or more than one
 */
export function loadedSdk(
  container: unknown,
  valueNamed: (variable: string) => string | undefined,
): SdkDefault | undefined {
  const words = [...textListAt(container, 'command'), ...textListAt(container, 'args')];
  const shown = [...loaders.map(valueNamed), ...words].join(' ');
  const [found, ...others] = evidence.filter(({ loaded }) => loaded.test(shown));
  return others.length === 0 ? found : undefined;
}
