import { presets } from '../../chart/schema/presets/index.ts';
import type { Rule } from '../rule.ts';
import { emptied } from './support/emptied.ts';
import { installedCollectors } from './support/integration-values.ts';
import { refusedValues } from './support/refused-values.ts';

export const validPreset: Rule = {
  id: 'valid-preset',
  severity: 'error',
  documentation: {
    summary: 'Reports a preset, or a setting of one, that the sub-chart does not know or does not take.',
    why: 'The sub-charts have a schema: helm refuses to install or upgrade a release that has an unknown preset, a misspelt setting or a value of the wrong kind, and the old release stays as it is. Names are taken from the chart 0.0.331, and names of receivers such as `hostmetrics` are none of presets. A preset that is `null` has no settings at all, which the templates do not expect.',
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
  check: (model) => [
    ...refusedValues(model).flatMap(({ path, finding }) => (path[0] === 'presets' ? [finding] : [])),
    ...installedCollectors(model).flatMap(({ document, path }) =>
      emptied(document, [...path, 'presets'], needed, (preset) => `write: ${preset}: { enabled: false }`),
    ),
  ],
};

/** The templates look for `enabled` in all presets but these. */
const needed = Object.keys(presets.defaults).filter(
  (preset) => preset !== 'spanMetricsSanitization' && preset !== 'eksFargate',
);
