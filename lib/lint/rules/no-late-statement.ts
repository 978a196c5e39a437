import type { Collector } from '../../model/collector/collector.ts';
import { type PartProblem, pipelinePath, problemsOfCollectors } from '../../model/collector/part.ts';
import { componentType } from '../../pipeline/component.ts';
import { attributesIn, traceStatements } from '../../pipeline/ottl.ts';
import type { Pipeline } from '../../pipeline/pipelines.ts';
import { countingPipelines, mainSpanMetricsConnector } from '../../pipeline/spans.ts';
import { joinNames } from '../../text/list.ts';
import { listAt, textAt, valueAt } from '../../yaml/value.ts';
import type { Rule } from '../rule.ts';

export const noLateStatement: Rule = {
  id: 'no-late-statement',
  severity: 'error',
  documentation: {
    summary: 'Reports a processor that sets a dimension or the name of spans only where they have been counted.',
    why: 'The span metrics connector counts a span as it is at the end of the pipeline that exports to it. What a pipeline behind the connector, or beside it, sets is on the span in Coralogix and on no series: transactions, bridged attributes and shortened names are missing in the Service Catalog although every trace has them.',
    remediation: 'Put the processor into the pipeline that exports to the span metrics connector.',
    example: `service:
  pipelines:
    traces:
      receivers: [otlp]
      processors: [memory_limiter, k8sattributes, transform/semconv, batch]
      exporters: [spanmetrics, coralogix]`,
    see: ['https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/main/connector/spanmetricsconnector'],
  },
  check: (model) => problemsOfCollectors(model, problemsOf),
};

/** Stands for the name of spans, which is a label of every series. */
const spanName = 'the name of spans';

function problemsOf(collector: Collector): PartProblem[] {
  const { pipelines, title, dimensions } = collector;
  const main = mainSpanMetricsConnector(pipelines.all);
  if (main === undefined) {
    return [];
  }
  const counting = countingPipelines(pipelines)
    .map(({ pipeline }) => pipeline)
    .filter(({ exporters }) => exporters.includes(main));
  const before = new Set(counting.flatMap((pipeline) => [...pipelines.upstream(pipeline)]));
  const wanted = new Set([...dimensions.map(({ name }) => name), spanName]);
  const known = new Set([...before].flatMap(({ processors }) => processors.flatMap((id) => setBy(collector, id))));
  return pipelines
    .of('traces')
    .filter((pipeline) => !before.has(pipeline) && comesFrom(collector, pipeline, before))
    .flatMap((pipeline) =>
      pipeline.processors.flatMap((id, index): PartProblem[] => {
        const late = setBy(collector, id).filter((name) => wanted.has(name) && !known.has(name));
        return late.length === 0
          ? []
          : [
              {
                path: pipelinePath(pipeline.id, 'processors', index),
                message: `${id} in pipeline ${pipeline.id} of ${title} sets ${joinNames([...new Set(late)])}, and ${main} has counted the spans without`,
                suggestion:
                  id === 'transform/db' && collector.fromValues
                    ? 'write the statements below spanMetrics.transformStatements as well'
                    : `move ${id} to the processors of pipeline ${counting[0]?.id}`,
              },
            ];
      }),
    );
}

/** Whether spans of a pipeline are those that are counted: it has them from there, or beside it. */
function comesFrom({ pipelines }: Collector, { receivers }: Pipeline, before: ReadonlySet<Pipeline>): boolean {
  return [...before].some(
    (counted) =>
      counted.exporters.some((id) => pipelines.isConnector(id) && receivers.includes(id)) ||
      counted.receivers.some((id) => receivers.includes(id)),
  );
}

/** The attributes of spans and of their resource that a processor sets. */
function setBy({ config }: Collector, id: string): string[] {
  const settings = valueAt(config, 'processors', id);
  switch (componentType(id)) {
    case 'transform':
      return traceStatements(settings).flatMap((statement) => [
        ...attributesIn(statement).flatMap(({ name, isSet }) => (isSet ? [name] : [])),
        ...(/^(set|replace_pattern|replace_match)\((span\.)?name,/.test(statement.text) &&
        statement.context !== 'resource'
          ? [spanName]
          : []),
      ]);
    case 'attributes':
      return listAt(settings, 'actions').flatMap(setByAction);
    case 'resource':
      return listAt(settings, 'attributes').flatMap(setByAction);
    case 'coralogix':
      return textAt(settings, 'transactions', 'enabled') === 'true' ? ['cgx.transaction', 'cgx.transaction.root'] : [];
    case 'span':
      return valueAt(settings, 'name') === undefined ? [] : [spanName];
    default:
      return [];
  }
}

const setByAction = (action: unknown): string[] =>
  ['insert', 'update', 'upsert'].includes(textAt(action, 'action') ?? '') ? [textAt(action, 'key') ?? ''] : [];
