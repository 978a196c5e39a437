import type { Rule } from '../rule.ts';
import { refusalFindings } from './support/refusals.ts';

export const validSubChartValue: Rule = {
  id: 'valid-sub-chart-value',
  severity: 'error',
  documentation: {
    summary: 'Reports a value of a sub-chart, outside its presets, with which helm cannot install the chart.',
    why: 'The sub-charts have a schema: helm refuses to install or upgrade a release with an unknown key or a value of the wrong kind, and the old release stays as it is. A preset that stands beside `presets` instead of below it is refused as well. Behind the schema the templates stop at a key that is `null` where they look for what it holds, at a pipeline that `extraConfig` cannot extend, and at a name that is no YAML. What helm itself accepts the API server still rejects where a port has no number. Each finding repeats the words of helm 3.17.',
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
  check: (model) => refusalFindings(model).flatMap(({ path, finding }) => (path[1] === 'presets' ? [] : [finding])),
};
