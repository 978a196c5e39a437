import type { Collector } from '../../model/collector/collector.ts';
import { type PartProblem, pipelinePath, problemsOfCollectors } from '../../model/collector/part.ts';
import { componentType } from '../../pipeline/component.ts';
import { joinNames } from '../../text/list.ts';
import { textListAt } from '../../yaml/value.ts';
import type { Rule } from '../rule.ts';

export const requireMemoryLimiter: Rule = {
  id: 'require-memory-limiter',
  severity: 'warning',
  documentation: {
    summary: 'Reports pipelines whose first processor is no `memory_limiter`.',
    why: 'Without it a collector takes in more than it can export until the kernel kills it: every queue is lost, and the agent of that node is away for its restart. Behind other processors it refuses data that they have worked on already, and a `batch` before it has told the sender that all is well.',
    remediation: 'Put `memory_limiter` first in every pipeline that receives data from outside the collector.',
    example: `processors:
  memory_limiter: { check_interval: 5s, limit_percentage: 80, spike_limit_percentage: 25 }
service:
  pipelines:
    traces:
      processors: [memory_limiter, k8sattributes, batch]`,
    see: ['https://github.com/open-telemetry/opentelemetry-collector/tree/main/processor/memorylimiterprocessor'],
  },
  check: (model) => problemsOfCollectors(model, problemsOf),
};

function problemsOf(collector: Collector): PartProblem[] {
  const { pipelines, config, title } = collector;
  const isGuarded = textListAt(config, 'service', 'extensions').some((id) => componentType(id) === 'memory_limiter');
  // What comes through a connector has passed the limiter of another pipeline.
  const entries = pipelines.all.filter(
    ({ receivers, exporters }) =>
      receivers.some((id) => !pipelines.isConnector(id) && componentType(id) !== 'nop') && exporters.length > 0,
  );
  const position = (processors: readonly string[]) =>
    processors.findIndex((id) => componentType(id) === 'memory_limiter');
  const [first, ...others] = isGuarded ? [] : entries.filter(({ processors }) => position(processors) < 0);
  const missing = first && [first, ...others].map(({ id }) => id);
  const late = entries.filter(({ processors }) => position(processors) > 0);
  return [
    ...(missing === undefined
      ? []
      : [
          {
            path: pipelinePath(missing[0] ?? '', 'processors'),
            message: `${missing.length === 1 ? 'pipeline' : 'pipelines'} ${joinNames(missing)} of ${title} ${missing.length === 1 ? 'has' : 'have'} no memory_limiter`,
            suggestion: 'put memory_limiter first in processors: [memory_limiter, …]',
          },
        ]),
    ...late.map(({ id, processors }) => {
      const index = position(processors);
      return {
        path: pipelinePath(id, 'processors', index),
        message: `${processors[index]} of pipeline ${id} of ${title} comes after ${joinNames(processors.slice(0, index))}`,
        suggestion: `write: processors: [${[processors[index], ...processors.filter((_, at) => at !== index)].join(', ')}]`,
      };
    }),
  ];
}
