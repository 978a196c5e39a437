import { startFaultsBy } from '../../model/start/start-faults.ts';
import type { Rule } from '../rule.ts';

export const validMemoryLimiter: Rule = {
  id: 'valid-memory-limiter',
  severity: 'error',
  documentation: {
    summary: 'Reports settings of `memory_limiter` with which the collector does not start.',
    why: 'The processor needs `check_interval` and a limit, in MiB or as a percentage, and a spike limit below it. Without them the collector refuses its configuration and crash-loops; then nothing arrives from the node.',
    remediation: 'Write an interval of 1s to 5s, one limit, and a spike limit of about a quarter of it.',
    example: `processors:
  memory_limiter:
    check_interval: 5s
    limit_percentage: 80
    spike_limit_percentage: 25`,
    see: ['https://github.com/open-telemetry/opentelemetry-collector/tree/main/processor/memorylimiterprocessor'],
  },
  check: (model) => startFaultsBy(model, 'memory-limiter'),
};
