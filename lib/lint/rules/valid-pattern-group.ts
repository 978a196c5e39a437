import { startFaultsBy } from '../../model/start/start-faults.ts';
import type { Rule } from '../rule.ts';

export const validPatternGroup: Rule = {
  id: 'valid-pattern-group',
  severity: 'error',
  documentation: {
    summary: 'Reports a group of a pattern that the collector takes for a variable, such as `${1}` in a replacement.',
    why: 'The collector replaces variables in its whole configuration before anything reads it. `${1}` is then a variable with a name that none can have, and the collector does not start; `$1` is one for collectors before 0.105, which put nothing in its place, so that every name becomes the same. A dollar that is meant is written twice.',
    remediation: 'Write `$$1`, or `$${1}` before a letter or digit.',
    example: `opentelemetry-agent:
  presets:
    spanMetrics:
      spanNameReplacePattern:
        - regex: "user-([a-z]+)-[0-9]+"
          replacement: "user-$$1"`,
    see: ['https://opentelemetry.io/docs/collector/configuration/#environment-variables'],
  },
  check: (model) => startFaultsBy(model, 'pattern-group'),
};
