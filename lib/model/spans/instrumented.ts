import { listAt, textAt } from '../../yaml/value.ts';
import type { Variable } from '../environment/variable.ts';
import type { Model } from '../model.ts';
import { type OtlpSettings, otlpSettings } from '../network/otlp-settings.ts';
import type { Container, Workload } from '../workload.ts';
import { isCollectorContainer } from './collector-container.ts';
import { isInjected } from './injection.ts';
import { isOffTheShelf } from './off-the-shelf.ts';
import { once } from './once.ts';

/** A container that sends spans, as far as its manifest tells. */
export interface InstrumentedContainer {
  readonly workload: Workload;
  readonly container: Container;
  readonly environment: ReadonlyMap<string, Variable>;
  readonly settings: OtlpSettings;
  /** The operator adds variables that no file shows. */
  readonly injected: boolean;
}

/** All of them, computed once. */
export const instrumentedContainers = once((model): readonly InstrumentedContainer[] =>
  model.workloads.flatMap((workload) =>
    workload.containers.flatMap((container, index) => {
      if (isCollectorContainer(model, workload, container)) {
        return [];
      }
      const environment = model.environment(workload, container);
      const injected = isInjected(model, workload);
      const sendsSpans = (injected && index === 0) || hasEvidence(container, environment);
      return sendsSpans && !isOff(environment)
        ? [{ workload, container, environment, settings: otlpSettings(environment), injected }]
        : [];
    }),
  ),
);

/** What it says of an SDK: variables of its own, an agent that it loads, a command that wraps it. */
function hasEvidence(container: Container, environment: ReadonlyMap<string, Variable>): boolean {
  const fromEnvironment = [...environment.values()].some(
    ({ name, written, path }) =>
      (tracingVariable.test(name) && !(path.includes('envFrom') && isOffTheShelf(container))) ||
      (loaders.has(name) && written !== undefined && /opentelemetry/i.test(written)),
  );
  const words = [...listAt(container.value, 'command'), ...listAt(container.value, 'args')];
  return fromEnvironment || words.some((word) => wrapper.test(textAt(word) ?? ''));
}

const tracingVariable = /^OTEL_(?!SDK_DISABLED$|(EXPORTER_OTLP_)?(METRICS?|LOGS?|PROFILES)_)/;

const wrapper = /opentelemetry-(instrument|javaagent)|@opentelemetry\/|opentelemetry\.instrumentation/;

const loaders = new Set(['JAVA_TOOL_OPTIONS', 'NODE_OPTIONS', 'PYTHONPATH', 'CORECLR_PROFILER_PATH']);

function isOff(environment: ReadonlyMap<string, Variable>): boolean {
  const exporter = environment.get('OTEL_TRACES_EXPORTER')?.value;
  return (
    environment.get('OTEL_SDK_DISABLED')?.value?.toLowerCase() === 'true' ||
    (exporter !== undefined && exporter !== '' && !exporter.includes('otlp') && !exporter.includes('<'))
  );
}

/** Whether a container of a workload sends spans. */
export const isInstrumented = (model: Model, workload: Workload): boolean => instrumentedWorkloads(model).has(workload);

const instrumentedWorkloads = once((model) => new Set(instrumentedContainers(model).map(({ workload }) => workload)));
