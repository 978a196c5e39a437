import { collectorSubChart } from '../../chart/schema/sub-chart.ts';
import { collectorAliases } from '../../chart/schema/umbrella.ts';
import { isMapping } from '../../yaml/value.ts';
import type { Rule, RuleFinding } from '../rule.ts';
import { emptied } from './support/emptied.ts';
import { type IntegrationValues, installedCollectors, integrationValues } from './support/integration-values.ts';
import { refusedValues } from './support/refused-values.ts';

export const validSubChartValue: Rule = {
  id: 'valid-sub-chart-value',
  severity: 'error',
  documentation: {
    summary: 'Reports a key of a sub-chart, outside its presets, that the sub-chart does not know or does not take.',
    why: 'The sub-charts have a schema: helm refuses to install or upgrade a release with an unknown key or a value of the wrong kind, and the old release stays as it is. A preset that stands beside `presets` instead of below it is refused as well.',
    remediation: 'Write the key as the chart `opentelemetry-collector` 0.135.4 has it.',
    example: `opentelemetry-agent:
  service:
    enabled: true
  resources:
    limits:
      memory: 2G`,
    see: [
      'https://github.com/coralogix/opentelemetry-helm-charts/blob/main/charts/opentelemetry-collector/values.yaml',
    ],
  },
  check: (model) => [
    ...refusedValues(model).flatMap(({ path, finding }) => (path[0] === 'presets' ? [] : [finding])),
    ...integrationValues(model).flatMap(withoutKeys),
    ...installedCollectors(model).flatMap(({ document, path }) =>
      emptied(document, path, needed, (key) => `remove ${key}`),
    ),
  ],
};

/** Without these the templates do as well. */
const optional = ['extraConfig', 'resources', 'lifecycleHooks', 'startupProbe', 'statefulset', 'presets'];

const needed = [
  ...Object.entries(collectorSubChart.defaults).flatMap(([key, { kind }]) => (kind === 'keys' ? [key] : [])),
  'global',
  'config',
  'ports',
].filter((key) => !optional.includes(key));

const withoutKeys = ({ document, written }: IntegrationValues): RuleFinding[] =>
  collectorAliases.flatMap((alias) => {
    const value = written[alias];
    return value === undefined || value === null || isMapping(value)
      ? []
      : [
          {
            message: `${alias} must be a mapping: helm refuses to install the chart`,
            place: document.place([alias]),
            suggestion: `write: ${alias}: { enabled: true }`,
          },
        ];
  });
