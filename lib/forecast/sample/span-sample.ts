import { beginsTransaction, distinctShapes, type SpanShape, transaction } from '../span-shape.ts';
import type { OtlpSpan, TracesData } from './otlp-span.ts';

/** What a sample shows of one service. */
interface SampledService {
  readonly spans: readonly SpanShape[];
  /** Processes of the pod that has most, each with a resource of its own. */
  readonly processes: number;
}

/** Spans that were recorded, by `service.name`. */
export interface SpanSample {
  readonly services: ReadonlyMap<string, SampledService>;
  readonly spanCount: number;
}

interface Recorded {
  readonly span: OtlpSpan;
  readonly resource: Readonly<Record<string, string>>;
}

/** What spans show of each service; those without `service.name` are not counted by the collector either. */
export function spanSampleOf(traces: readonly TracesData[]): SpanSample {
  const byService = new Map<string, Recorded[]>();
  let spanCount = 0;
  for (const { resource, scopeSpans } of traces.flatMap(({ resourceSpans }) => resourceSpans)) {
    const service = resource.attributes['service.name'];
    const spans = scopeSpans.flatMap((scope) => scope.spans);
    spanCount += spans.length;
    if (service !== undefined) {
      const known = byService.get(service) ?? [];
      for (const span of spans) {
        known.push({ span, resource: resource.attributes });
      }
      byService.set(service, known);
    }
  }
  return { services: new Map([...byService].map(([service, spans]) => [service, sampledService(spans)])), spanCount };
}

const sampledService = (recorded: readonly Recorded[]): SampledService => ({
  spans: distinctShapes(withTransactions(recorded.map(({ span }) => span))),
  processes: processesOf(recorded),
});

/** Resources of the pod that has most. */
function processesOf(recorded: readonly Recorded[]): number {
  const ofPods = new Map<string, Set<string>>();
  for (const resource of new Set(recorded.map((one) => one.resource))) {
    const pod = resource['k8s.pod.uid'] ?? resource['k8s.pod.name'] ?? resource['k8s.pod.ip'];
    if (pod !== undefined) {
      ofPods.set(pod, (ofPods.get(pod) ?? new Set()).add(processOf(resource)));
    }
  }
  return [...ofPods.values()].reduce((most, { size }) => Math.max(most, size), 1);
}

const processOf = (resource: Readonly<Record<string, string>>): string =>
  JSON.stringify([resource['service.instance.id'] ?? '', resource['process.pid'] ?? '']);

/** Spans with the transaction that they belong to: the first span of their service in the trace. */
function withTransactions(spans: readonly OtlpSpan[]): SpanShape[] {
  const byId = new Map(spans.map((span) => [idOf(span, span.spanId), span]));
  const roots = new Map<OtlpSpan, OtlpSpan>();
  const rootOf = (span: OtlpSpan): OtlpSpan => {
    const ancestors = new Set<OtlpSpan>();
    let current = span;
    for (;;) {
      ancestors.add(current);
      const parent = byId.get(idOf(current, current.parentSpanId));
      if (parent === undefined || beginsTransaction(current.kind) || ancestors.has(parent)) {
        break;
      }
      current = roots.get(parent) ?? parent;
    }
    for (const passed of ancestors) {
      roots.set(passed, current);
    }
    return current;
  };
  return spans.map((span) => {
    const root = rootOf(span);
    const attributes = {
      ...span.attributes,
      [transaction.name]: root.name,
      ...(root === span ? { [transaction.root]: 'true' } : { [transaction.root]: 'false' }),
    };
    return { name: span.name, kind: span.kind, status: span.status.code, attributes };
  });
}

const idOf = ({ traceId }: OtlpSpan, spanId: string): string => `${traceId} ${spanId}`;
