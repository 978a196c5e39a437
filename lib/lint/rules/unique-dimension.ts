import { type DimensionProblem, dimensionClashes } from '../../chart/dimension-problems.ts';
import type { WrittenList } from '../../model/collector/dimension-lists.ts';
import { type DimensionList, dimensionLists } from '../../model/collector/dimension-lists.ts';
import type { Fix, Rule, RuleFinding } from '../rule.ts';
import { removeLast } from './support/values-edit.ts';

export const uniqueDimension: Rule = {
  id: 'unique-dimension',
  severity: 'error',
  documentation: {
    summary: 'Reports a dimension of the span metrics that is there twice, or that every series has anyway.',
    why: 'The span metrics connector refuses its configuration when a dimension is there twice, and the agent crash-loops on every node. The chart’s presets append `http.response.status_code`, `rpc.grpc.status_code` and `service.version` to the list in the values, so a list without repetitions may still have one. Names that differ in `.` and `_` alone are a warning: the collector starts with them, and they become one label in the metrics store, which keeps either value.',
    remediation: 'Name each dimension once, and none that the chart appends or the connector sets itself.',
    example: `opentelemetry-agent:
  presets:
    spanMetrics:
      serviceVersion:
        enabled: false # because service.version is in the list
      extraDimensions:
        - name: http.method
        - name: service.version`,
    see: ['https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/main/connector/spanmetricsconnector'],
  },
  check: (model) =>
    dimensionLists(model).flatMap((list) => dimensionClashes(list.dimensions).map((clash) => finding(list, clash))),
};

function finding(list: DimensionList, clash: DimensionProblem): RuleFinding {
  const { problem, first } = clash;
  const { dimensions, written, connector } = list;
  // What the chart appends is in no file; what can be removed is the dimension before it.
  const isAppended = written !== undefined && !written.has(clash.index) && first !== undefined && written.has(first);
  const index = isAppended ? first : clash.index;
  const name = dimensions[index]?.name ?? '';
  const other = first === undefined ? undefined : dimensions[isAppended ? clash.index : first];
  const isSame = other?.name === name;
  const isInOneList = isSame && dimensions[index]?.origin === other.origin;
  const isOnlyWritten = first === undefined || written === undefined || (written.has(first) && !isAppended);
  return {
    message:
      isInOneList || (isSame && connector !== 'spanmetrics')
        ? `${connector} has dimension ${name} twice: the collector does not start`
        : problem.message,
    place: list.place(index),
    manifest: list.manifest,
    ...(clash.isRefused ? {} : { severity: 'warning' }),
    suggestion:
      other !== undefined && !isSame
        ? `keep one of ${other.name} and ${name}`
        : `remove ${name}${isOnlyWritten ? '' : ' from the list: the chart adds it'}`,
    ...((other === undefined || isSame) && written?.has(index) === true
      ? { fix: withoutLast(written, name, isSame && isOnlyWritten ? 1 : 0) }
      : {}),
  };
}

/** By name, since another fix may have moved it by then. */
const withoutLast = ({ file, path }: WrittenList, name: string, keeps: number): Fix => ({
  file,
  apply: (text) => removeLast(text, path, (entry) => entry.get('name') === name, keeps),
});
