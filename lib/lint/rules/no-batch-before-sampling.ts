import type { Collector } from '../../model/collector/collector.ts';
import { type PartProblem, pipelinePath, problemsOfCollectors } from '../../model/collector/part.ts';
import { componentType } from '../../pipeline/component.ts';
import type { Rule } from '../rule.ts';

export const noBatchBeforeSampling: Rule = {
  id: 'no-batch-before-sampling',
  severity: 'warning',
  documentation: {
    summary: 'Reports a `batch` before a processor that drops data: `filter` or `tail_sampling`.',
    why: 'What is dropped has been gathered, counted and kept in memory first. Batches leave the dropping processor small and uneven, so that the exporter sends many requests and its queue fills up under load.',
    remediation: 'Put `batch` last.',
    example: `service:
  pipelines:
    traces:
      processors: [memory_limiter, k8sattributes, filter/probes, tail_sampling, batch]`,
    see: ['https://github.com/open-telemetry/opentelemetry-collector/tree/main/processor#recommended-processors'],
  },
  check: (model) => problemsOfCollectors(model, problemsOf),
};

const dropping: ReadonlySet<string> = new Set(['filter', 'tail_sampling']);

const problemsOf = ({ pipelines, title }: Collector): PartProblem[] =>
  pipelines.all.flatMap(({ id, processors }): PartProblem[] => {
    const index = processors.findIndex((each) => componentType(each) === 'batch');
    const batch = processors[index];
    const dropper = processors.slice(index + 1).find((each) => dropping.has(componentType(each)));
    const others = processors.filter((each) => each !== batch);
    const isRepeated = others.some((each) => componentType(each) === 'batch');
    if (batch === undefined || dropper === undefined) {
      return [];
    }
    return [
      {
        path: pipelinePath(id, 'processors', index),
        message: `${batch} stands before ${dropper} in pipeline ${id} of ${title}, and gathers what is dropped then`,
        suggestion: `write: processors: [${[...others, ...(isRepeated ? [] : [batch])].join(', ')}]`,
      },
    ];
  });
