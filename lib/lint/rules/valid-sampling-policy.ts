import { startFaultsBy } from '../../model/start/start-faults.ts';
import type { Rule } from '../rule.ts';

export const validSamplingPolicy: Rule = {
  id: 'valid-sampling-policy',
  severity: 'error',
  documentation: {
    summary: 'Reports policies of `tail_sampling` with which the collector does not start.',
    why: 'The processor refuses policies that are no list, and policies without a name, with the name of another one, or of a type that it does not have. `otelcol validate` accepts the last three, and the collector stops when it starts.',
    remediation: 'Write a list of policies, each with a name of its own and a type of the processor.',
    example: `processors:
  tail_sampling:
    policies:
      - name: keep-errors
        type: status_code
        status_code: { status_codes: [ERROR] }
      - name: keep-some
        type: probabilistic
        probabilistic: { sampling_percentage: 10 }`,
    see: [
      'https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/main/processor/tailsamplingprocessor',
    ],
  },
  check: (model) => startFaultsBy(model, 'sampling-policy'),
};
