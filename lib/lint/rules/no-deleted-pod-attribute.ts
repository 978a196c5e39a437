import type { Collector } from '../../model/collector/collector.ts';
import { type PartProblem, problemsOfCollectors } from '../../model/collector/part.ts';
import type { Attribute } from '../../model/enrichment/attribute.ts';
import { afterRedaction } from '../../model/enrichment/redacted.ts';
import { afterResource } from '../../model/enrichment/resource-actions.ts';
import { afterTransform } from '../../model/enrichment/transformed.ts';
import type { Model } from '../../model/model.ts';
import { isAddedBehind, neededAttributes } from '../../model/path/hops/processors.ts';
import { componentType } from '../../pipeline/component.ts';
import { exportersOf } from '../../pipeline/exporters.ts';
import type { Pipeline } from '../../pipeline/pipelines.ts';
import { mainSpanMetricsConnector, pipelinesOfSpans } from '../../pipeline/spans.ts';
import { joinNames } from '../../text/list.ts';
import { listAt, type Mapping, mappingAt, type Path, valueAt } from '../../yaml/value.ts';
import type { Rule } from '../rule.ts';
import { pathsThrough } from './support/enriched-paths.ts';

export const noDeletedPodAttribute: Rule = {
  id: 'no-deleted-pod-attribute',
  severity: 'error',
  documentation: {
    summary: 'Reports a processor that deletes what the views look for: pod, node, service or SDK.',
    why: 'The POD and HOST tabs look for `k8s.pod.name` and `k8s.node.name`, the Service Catalog for `service.name`, and the runtime views for `telemetry.sdk.language`. A list that keeps some keys, a pattern such as `k8s\\..*`, or a list of the preset `reduceResourceAttributes` that holds one of them deletes it from every span, or from every series of the span metrics.',
    remediation: 'Take these attributes out of what is deleted, or add them to what is kept.',
    example: `processors:
  transform/reduce:
    trace_statements:
      - context: resource
        statements:
          - delete_key(resource.attributes, "k8s.pod.uid")`,
    see: [
      'https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/main/pkg/ottl/ottlfuncs',
      'https://coralogix.com/docs/user-guides/apm/getting-started/apm-kubernetes/',
    ],
  },
  check: (model) => problemsOfCollectors(model, (collector) => problemsOf(model, collector)),
};

/** Those of them that series need: the language is read from spans. */
const neededBySeries: readonly string[] = ['k8s.pod.name', 'k8s.node.name', 'service.name'];

function problemsOf(model: Model, collector: Collector): PartProblem[] {
  const { pipelines } = collector;
  const main = mainSpanMetricsConnector(pipelines.all);
  const passed = pipelinesOfSpans(pipelines);
  const toViews = (pipeline: Pipeline): boolean =>
    (main !== undefined && pipeline.exporters.includes(main)) || exportersOf(pipelines, [pipeline]).length > 0;
  const leading = passed.filter((pipeline) => isUpstreamOfViews(collector, passed, pipeline, toViews));
  const series = main === undefined ? [] : pipelines.consumersOf(main);
  const found = new Map<string, PartProblem>();
  for (const { pipeline, key } of [
    ...leading.map((each) => ({ pipeline: each, key: 'trace_statements' as const })),
    ...series.map((each) => ({ pipeline: each, key: 'metric_statements' as const })),
  ]) {
    for (const [index, id] of pipeline.processors.entries()) {
      const missing = deleted(collector.config, id, key).filter(
        (name) =>
          !restored(collector, pipeline.processors.slice(index + 1), name) &&
          !(key === 'trace_statements' && isRestoredBehind(model, collector, name)),
      );
      if (missing.length > 0 && !found.has(id)) {
        found.set(id, problem(collector, pipeline, id, key, missing));
      }
    }
  }
  return [...found.values()];
}

/** Whether spans of a pipeline come to an exporter or to the connector whose metrics the views show. */
function isUpstreamOfViews(
  { pipelines }: Collector,
  passed: readonly Pipeline[],
  pipeline: Pipeline,
  toViews: (pipeline: Pipeline) => boolean,
): boolean {
  const reached = new Set([pipeline]);
  for (const each of reached) {
    if (toViews(each)) {
      return true;
    }
    for (const next of passed) {
      if (next.receivers.some((id) => pipelines.isConnector(id) && each.exporters.includes(id))) {
        reached.add(next);
      }
    }
  }
  return false;
}

type Statements = 'trace_statements' | 'metric_statements';

const all: ReadonlyMap<string, Attribute> = new Map(
  neededAttributes.map((name) => [name, { value: undefined, from: 'the SDK' }] as const),
);

/** What of the needed attributes a processor deletes. */
function deleted(config: Mapping, id: string, key: Statements): string[] {
  const after = afterProcessor(config, id, key);
  const names = key === 'trace_statements' ? neededAttributes : neededBySeries;
  return after === undefined ? [] : names.filter((name) => !after.has(name));
}

function afterProcessor(config: Mapping, id: string, key: Statements): ReadonlyMap<string, Attribute> | undefined {
  switch (componentType(id)) {
    case 'resource':
      return afterResource(config, id, all);
    case 'redaction':
      return afterRedaction(config, id, all);
    case 'transform':
      return afterTransform(config, id, all, key === 'trace_statements' ? 'traces' : 'metrics');
    default:
      return undefined;
  }
}

const statementsOf = (config: Mapping, id: string, key: Statements) => listAt(config, 'processors', id, key);

/** Whether a later processor adds an attribute again. */
const restored = ({ config }: Collector, later: readonly string[], name: string): boolean =>
  later.some(
    (id) =>
      (componentType(id) === 'k8sattributes' && name.startsWith('k8s.')) ||
      (componentType(id) === 'resource' &&
        listAt(config, 'processors', id, 'attributes').some(
          (action) => valueAt(action, 'key') === name && valueAt(action, 'action') !== 'delete',
        )),
  );

/** Whether a collector to which it sends all spans adds an attribute again. */
function isRestoredBehind(model: Model, collector: Collector, name: string): boolean {
  const paths = pathsThrough(model, collector);
  return paths.length > 0 && paths.every(({ collectorPath }) => isAddedBehind(collectorPath, collector, name));
}

function problem(
  collector: Collector,
  { id: pipeline }: Pipeline,
  id: string,
  key: Statements,
  missing: readonly string[],
): PartProblem {
  const what = key === 'trace_statements' ? 'spans' : 'span metrics';
  return {
    path: placeOf(collector.config, id, key, missing),
    message: `${id} of pipeline ${pipeline} of ${collector.title} deletes ${joinNames(missing)} from ${what}`,
    suggestion: keeps(collector.config, id, key)
      ? `add to what it keeps: ${missing.map((name) => `"${name}"`).join(', ')}`
      : `take out of what it deletes: ${missing.join(', ')}`,
  };
}

const keeps = (config: Mapping, id: string, key: Statements): boolean =>
  componentType(id) === 'redaction' || JSON.stringify(statementsOf(config, id, key)).includes('keep_');

/** The statement or the action that deletes. */
function placeOf(config: Mapping, id: string, key: Statements, missing: readonly string[]): Path {
  const path = ['processors', id];
  const isGuilty = (settings: Mapping) => {
    const alone = { processors: { [id]: settings } };
    return missing.some((name) => afterProcessor(alone, id, key)?.has(name) === false);
  };
  if (componentType(id) === 'resource') {
    const index = listAt(config, ...path, 'attributes').findIndex((action) => isGuilty({ attributes: [action] }));
    return index < 0 ? path : [...path, 'attributes', index];
  }
  if (componentType(id) === 'redaction') {
    return [...path, 'allowed_keys'];
  }
  for (const [index, entry] of listAt(config, ...path, key).entries()) {
    if (typeof entry === 'string' && isGuilty({ [key]: [entry] })) {
      return [...path, key, index];
    }
    const group = mappingAt(entry);
    const inner = listAt(group, 'statements').findIndex((statement) =>
      isGuilty({ [key]: [{ ...group, statements: [statement] }] }),
    );
    if (inner >= 0) {
      return [...path, key, index, 'statements', inner];
    }
  }
  return path;
}
