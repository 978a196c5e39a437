import type { Collector } from '../../model/collector/collector.ts';
import { componentsOf, type PartProblem, problemsOfCollectors } from '../../model/collector/part.ts';
import { statementKeys } from '../../pipeline/ottl.ts';
import { joinNames } from '../../text/list.ts';
import { listAt, mappingAt, valueAt } from '../../yaml/value.ts';
import type { Rule } from '../rule.ts';

export const noIdleStatement: Rule = {
  id: 'no-idle-statement',
  severity: 'error',
  documentation: {
    summary: 'Reports a `transform` or `filter` that only pipelines of other signals than its statements have.',
    why: 'Statements for metrics run in pipelines of metrics, statements for traces in those of traces. A bridge that renames `otel.status_code` to `status.code` works on the metrics that the connector makes: among the processors of the traces before the connector it does nothing, and every series keeps the label that the views do not read. The collector starts and logs nothing.',
    remediation: 'Move the processor to a pipeline of its signal, or write its statements for the signal it stands in.',
    example: `service:
  pipelines:
    metrics:
      receivers: [spanmetrics]
      processors: [memory_limiter, transform/spanmetrics, batch]`,
    see: ['https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/main/processor/transformprocessor'],
  },
  check: (model) => problemsOfCollectors(model, problemsOf),
};

const signals = ['traces', 'metrics', 'logs', 'profiles'] as const;

const problemsOf = (collector: Collector): PartProblem[] =>
  componentsOf(collector, 'processors', 'transform', 'filter').flatMap(({ id, settings }): PartProblem[] => {
    const written = signals.filter(
      (signal) =>
        listAt(settings, statementKeys[signal]).length > 0 ||
        listAt(settings, `${signal.replace(/s$/, '')}_conditions`).length > 0 ||
        Object.keys(mappingAt(settings, signal)).length > 0,
    );
    const users = collector.pipelines.all.filter(({ processors }) => processors.includes(id));
    const [first] = users;
    if (
      first === undefined ||
      written.length === 0 ||
      users.some(({ signal }) => written.some((each) => each === signal))
    ) {
      return [];
    }
    const key = Object.keys(mappingAt(settings)).find(
      (name) => valueAt(settings, name) !== undefined && !/mode/.test(name),
    );
    return [
      {
        path: ['processors', id, ...(key === undefined ? [] : [key])],
        message: `${id} of ${collector.title} has statements for ${joinNames(written)}, and stands in ${joinNames(users.map((user) => user.id))} only: none of them runs`,
        suggestion: `move ${id} to the processors of a pipeline of ${written[0]}`,
      },
    ];
  });
