import type { Rule } from '../rule.ts';
import { refusalFindings } from './support/refusals.ts';

export const validPreset: Rule = {
  id: 'valid-preset',
  severity: 'error',
  documentation: {
    summary: 'Reports a preset, or a setting of one, with which helm refuses to install the chart.',
    why: 'The sub-charts have a schema: helm refuses to install or upgrade a release that has an unknown preset, a misspelt setting or a value of the wrong kind, and the old release stays as it is. Names are taken from the chart 0.0.331, and names of receivers such as `hostmetrics` are none of presets. Behind the schema the templates stop at a preset that is `null`, at one that is meant for another kind of collector, and at one without what it needs. Each finding repeats the words of helm 3.17.',
    remediation: 'Write the preset and its settings as the chart has them.',
    example: `opentelemetry-agent:
  presets:
    hostMetrics:
      enabled: true
    kubeletMetrics:
      enabled: true
    spanMetrics:
      enabled: true
      extraDimensions:
        - name: http.method`,
    see: [
      'https://github.com/coralogix/opentelemetry-helm-charts/blob/main/charts/opentelemetry-collector/values.schema.json',
    ],
  },
  check: (model) => refusalFindings(model).flatMap(({ path, finding }) => (path[1] === 'presets' ? [finding] : [])),
};
