import type { Collector } from '../../model/collector/collector.ts';
import { type PartProblem, pipelinePath, problemsOfCollectors } from '../../model/collector/part.ts';
import { afterRedaction } from '../../model/enrichment/redacted.ts';
import { afterResource } from '../../model/enrichment/resource-actions.ts';
import { afterTransform } from '../../model/enrichment/transformed.ts';
import type { Model } from '../../model/model.ts';
import { instrumentedContainers } from '../../model/spans/instrumentation.ts';
import { componentType } from '../../pipeline/component.ts';
import type { Pipeline, Pipelines } from '../../pipeline/pipelines.ts';
import { pathTo, pipelinesOfSpans } from '../../pipeline/spans.ts';
import { listAt, type Mapping, textAt } from '../../yaml/value.ts';
import type { Rule } from '../rule.ts';

export const noEnrichmentAfterBatch: Rule = {
  id: 'no-enrichment-after-batch',
  severity: 'error',
  documentation: {
    summary:
      'Reports a `k8sattributes` behind a processor that takes away what it finds pods by: their connection or their attributes.',
    why: 'The address of a connection is part of a request. `batch`, `groupbytrace` and `tail_sampling` put spans of many requests together and pass them on without any. Behind them `k8sattributes` finds no pod, and the POD and HOST tabs of every service are empty.',
    remediation: 'Put `k8sattributes` before them, and before what deletes attributes; `batch` comes last.',
    example: `service:
  pipelines:
    traces:
      receivers: [otlp]
      processors: [memory_limiter, k8sattributes, batch]
      exporters: [spanmetrics, coralogix]`,
    see: [
      'https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/main/processor/k8sattributesprocessor',
    ],
  },
  check: (model) =>
    problemsOfCollectors(model, (collector) => [...problemsOf(model, collector), ...afterDeletion(model, collector)]),
};

const forgetful: ReadonlySet<string> = new Set(['batch', 'groupbytrace', 'tail_sampling']);

function problemsOf(model: Model, collector: Collector): PartProblem[] {
  const { pipelines, title } = collector;
  const passed = pipelinesOfSpans(pipelines);
  return passed.flatMap((pipeline): PartProblem[] => {
    const index = pipeline.processors.findIndex((id) => componentType(id) === 'k8sattributes');
    const id = pipeline.processors[index];
    if (id === undefined || !needsConnection(model, collector, id)) {
      return [];
    }
    const here = pipeline.processors.slice(0, index);
    const before = here.find((each) => forgetful.has(componentType(each)));
    const earlier = before === undefined ? forgottenUpstream(pipelines, passed, pipeline) : undefined;
    const culprit = before ?? earlier?.id;
    if (culprit === undefined) {
      return [];
    }
    const where = earlier === undefined ? '' : ` of pipeline ${earlier.pipeline.id}`;
    return [
      {
        path: pipelinePath(pipeline.id, 'processors', index),
        message: `${culprit}${where} stands before ${id} in pipeline ${pipeline.id} of ${title}, and behind it spans have no connection by which their pod is found`,
        suggestion:
          before === undefined
            ? `move ${id} to the processors of pipeline ${earlier?.pipeline.id}, before ${culprit}`
            : `write: processors: [${reordered(pipeline.processors, id, before).join(', ')}]`,
      },
    ];
  });
}

/** A `k8sattributes` behind a processor that deletes the only attributes by which it looks pods up. */
function afterDeletion(model: Model, { pipelines, config, title }: Collector): PartProblem[] {
  return pipelinesOfSpans(pipelines).flatMap((pipeline): PartProblem[] => {
    const index = pipeline.processors.findIndex((id) => componentType(id) === 'k8sattributes');
    const id = pipeline.processors[index];
    const entries = listAt(config, 'processors', id ?? '', 'pod_association').map((entry) => listAt(entry, 'sources'));
    if (id === undefined || entries.length === 0 || instrumentedContainers(model).length > 0) {
      return [];
    }
    const names = [...new Set(entries.flat().flatMap((source) => textAt(source, 'name') ?? []))];
    const culprit = isByConnection(entries)
      ? undefined
      : pipeline.processors.slice(0, index).find((before) => names.every((name) => deletes(config, before, name)));
    return culprit === undefined
      ? []
      : [
          {
            path: pipelinePath(pipeline.id, 'processors', index),
            message: `${culprit} stands before ${id} in pipeline ${pipeline.id} of ${title}, and deletes what pods are found by: ${names.filter((name) => deletes(config, culprit, name)).join(', ')}`,
            suggestion: `write: processors: [${reordered(pipeline.processors, id, culprit).join(', ')}]`,
          },
        ];
  });
}

function deletes(config: Mapping, id: string, name: string): boolean {
  const before = new Map([[name, { value: undefined, from: 'the SDK' }]]);
  switch (componentType(id)) {
    case 'resource':
      return !afterResource(config, id, before).has(name);
    case 'redaction':
      return !afterRedaction(config, id, before).has(name);
    case 'transform':
      return !afterTransform(config, id, before).has(name);
    default:
      return false;
  }
}

const reordered = (processors: readonly string[], moved: string, before: string): string[] =>
  processors.filter((id) => id !== moved).flatMap((id) => (id === before ? [moved, id] : [id]));

/** What forgets the connection in the pipelines by which spans come to another one, where they did not pass it enriched. */
function forgottenUpstream(pipelines: Pipelines, passed: readonly Pipeline[], pipeline: Pipeline) {
  const connector = pipeline.receivers.find((id) => pipelines.isConnector(id));
  const path = connector === undefined ? [] : pathTo(passed, connector);
  const isEnriched = path.some(({ processors }) => processors.some((id) => componentType(id) === 'k8sattributes'));
  return isEnriched
    ? undefined
    : path
        .flatMap((each) => each.processors.map((id) => ({ id, pipeline: each })))
        .find(({ id }) => forgetful.has(componentType(id)));
}

/** Whether some pods are found by nothing else than their connection. */
function needsConnection(model: Model, { config }: Collector, id: string): boolean {
  const entries = listAt(config, 'processors', id, 'pod_association').map((entry) => listAt(entry, 'sources'));
  // Of pods that are known to send it is known what finds them, and `valid-pod-association` reports it.
  return isByConnection(entries) && instrumentedContainers(model).length === 0;
}

const isByConnection = (entries: readonly (readonly unknown[])[]): boolean =>
  entries.length === 0 || entries.some((sources) => sources.some((source) => textAt(source, 'from') === 'connection'));
