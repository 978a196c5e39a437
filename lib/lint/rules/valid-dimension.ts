import { type DimensionList, dimensionLists } from '../../model/collector/dimension-lists.ts';
import { isDimension } from '../../model/start/start-faults.ts';
import { textAt } from '../../yaml/value.ts';
import type { Rule, RuleFinding } from '../rule.ts';

export const validDimension: Rule = {
  id: 'valid-dimension',
  severity: 'error',
  documentation: {
    summary: 'Reports an entry in a list of dimensions that is no mapping with a name.',
    why: 'The collector expects `name` or `glob` in each entry: “expected a map or struct, got string”. The schema of the chart takes any list, so that helm installs it, and then no agent starts.',
    remediation: 'Write each dimension as `- name: …`.',
    example: `extraDimensions:
  - name: http.method
  - name: k8s.pod.name`,
    see: ['https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/main/connector/spanmetricsconnector'],
  },
  check: (model) => dimensionLists(model).flatMap(malformed),
};

const malformed = ({ connector, entries, place, manifest }: DimensionList): RuleFinding[] =>
  entries.flatMap((entry, index) => {
    const text = textAt(entry);
    return isDimension(entry)
      ? []
      : [
          {
            message: `dimension ${text ?? index + 1} of ${connector} is no mapping with a name: the collector does not start`,
            place: place(index),
            manifest,
            suggestion: text === undefined ? 'write: name: …' : `write: name: ${text}`,
          },
        ];
  });
