import { textListAt } from '../../yaml/value.ts';
import type { Variable } from '../environment/variable.ts';
import type { Model } from '../model.ts';
import { type OtlpSettings, otlpSettings } from '../network/otlp-settings.ts';
import type { Container, Workload } from '../workload.ts';
import { isCollectorContainer } from './collector-container.ts';
import { type Injection, injectionOf } from './injection.ts';
import { memoized } from './memoized.ts';
import { isOffTheShelf } from './off-the-shelf.ts';

/** Whether a container sends spans, and how that is known. */
export type Instrumentation =
  /** An SDK or an agent is there, by variables or by words of its command. */
  | { readonly kind: 'evident'; readonly evidence: readonly string[] }
  /** The OpenTelemetry operator adds an SDK, and variables that no file shows. */
  | ({ readonly kind: 'injected' } & Injection)
  /** A variable switches the export of spans off. */
  | { readonly kind: 'off'; readonly variable: Variable }
  /** Nothing that was read shows an SDK. */
  | { readonly kind: 'unknown' };

/** A container that is no collector, with what is known of the spans that it sends. */
export interface ApplicationContainer {
  readonly workload: Workload;
  readonly container: Container;
  readonly environment: ReadonlyMap<string, Variable>;
  readonly settings: OtlpSettings;
  readonly instrumentation: Instrumentation;
}

/** All of them, in the order of the manifests, computed once. */
export const applicationContainers = memoized((model): readonly ApplicationContainer[] =>
  model.workloads.flatMap((workload) =>
    workload.containers
      .filter((container) => !isCollectorContainer(model, workload, container))
      .map((container) => {
        const environment = model.environment(workload, container);
        const instrumentation = instrumentationOf(model, workload, container, environment);
        return { workload, container, environment, settings: otlpSettings(environment), instrumentation };
      }),
  ),
);

/** Those that send spans, as far as what was read shows. */
export const instrumentedContainers = memoized((model): readonly ApplicationContainer[] =>
  applicationContainers(model).filter(sendsSpans),
);

export const sendsSpans = ({ instrumentation: { kind } }: Pick<ApplicationContainer, 'instrumentation'>): boolean =>
  kind === 'evident' || kind === 'injected';

/** Whether a container of a workload sends spans. */
export const isInstrumented = (model: Model, workload: Workload): boolean => instrumentedWorkloads(model).has(workload);

const instrumentedWorkloads = memoized(
  (model) => new Set(instrumentedContainers(model).map(({ workload }) => workload)),
);

function instrumentationOf(
  model: Model,
  workload: Workload,
  container: Container,
  environment: ReadonlyMap<string, Variable>,
): Instrumentation {
  const off = switchedOffBy(environment);
  if (off !== undefined) {
    return { kind: 'off', variable: off };
  }
  const injection = injectionOf(model, workload, container);
  if (injection !== undefined) {
    return { kind: 'injected', ...injection };
  }
  const evidence = evidenceOf(container, environment);
  return evidence.length === 0 ? { kind: 'unknown' } : { kind: 'evident', evidence };
}

/**
 * The variable with which the SDK sends no spans at all.
 *
 * @see https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/
 */
export function switchedOffBy<T extends Pick<Variable, 'name' | 'value'>>(
  environment: ReadonlyMap<string, T>,
): T | undefined {
  const disabled = environment.get('OTEL_SDK_DISABLED');
  if (disabled?.value?.trim().toLowerCase() === 'true') {
    return disabled;
  }
  const exporter = environment.get('OTEL_TRACES_EXPORTER');
  const names = exporter?.value?.trim() ?? '';
  // A value that only the cluster knows may name any exporter.
  return names === '' || names.includes('otlp') || /[<$]/.test(names) ? undefined : exporter;
}

/** Variables of an SDK, an agent that is loaded, and a command that wraps the program. */
function evidenceOf(container: Container, environment: ReadonlyMap<string, Variable>): string[] {
  const variables = [...environment.values()]
    .filter(
      ({ name, written, path }) =>
        (isTracingVariable(name) && !(path.includes('envFrom') && isOffTheShelf(container))) ||
        (loaders.has(name) && written !== undefined && agentFile.test(written)),
    )
    .map(({ name }) => name);
  const words = [...textListAt(container.value, 'command'), ...textListAt(container.value, 'args')];
  return [...variables, ...words.filter((word) => wrapper.test(word))];
}

const tracingVariable = /^OTEL_(?!SDK_DISABLED$|COLLECTOR_|(EXPORTER_OTLP_)?(METRICS?|LOGS?|PROFILES)_)/;

/**
 * Whether a variable shows that spans are sent: what is about other signals, only switches an SDK off, or is a name for a
 * collector that others refer to, does not.
 */
export const isTracingVariable = (name: string): boolean => tracingVariable.test(name);

const wrapper =
  /opentelemetry-(instrument|javaagent)|@opentelemetry\/|opentelemetry\.instrumentation|-javaagent:\S*(opentelemetry|(?<![a-z])otel(?![a-z]))/i;

/** Agents are also named `splunk-otel-javaagent.jar`, or stand in a folder `/otel`. */
const agentFile = /opentelemetry|(?<![a-z])otel(?![a-z])/i;

const loaders = new Set(['JAVA_TOOL_OPTIONS', 'NODE_OPTIONS', 'PYTHONPATH', 'CORECLR_PROFILER_PATH']);
