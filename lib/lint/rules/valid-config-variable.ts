import { problemsOfCollectors } from '../../model/collector/part.ts';
import { unreplacedVariables } from '../../model/collector/unreplaced-variables.ts';
import type { Rule } from '../rule.ts';

export const validConfigVariable: Rule = {
  id: 'valid-config-variable',
  severity: 'error',
  documentation: {
    summary: 'Reports `$NAME` and `$(NAME)` in the configuration of a collector, which it does not replace.',
    why: 'The collector replaces `${env:NAME}` and `${NAME}` in its configuration; the form without braces is gone since 0.105. The text stays as it is: a key is refused as wrong, an endpoint does not resolve, and the collector runs all the same.',
    remediation: 'Write `${env:NAME}`; a dollar that is meant is written twice.',
    example: `exporters:
  coralogix:
    private_key: \${env:CORALOGIX_PRIVATE_KEY}`,
    see: ['https://opentelemetry.io/docs/collector/configuration/#environment-variables'],
  },
  check: (model) => problemsOfCollectors(model, unreplacedVariables),
};
