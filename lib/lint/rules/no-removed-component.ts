import { startFaultsBy } from '../../model/start/start-faults.ts';
import type { Rule } from '../rule.ts';

export const noRemovedComponent: Rule = {
  id: 'no-removed-component',
  severity: 'error',
  documentation: {
    summary: 'Reports components that later versions of the collector no longer have.',
    why: 'A configuration with a type that the collector does not know is refused, and the collector crash-loops from the upgrade on. The processor `spanmetrics`, for one, made metrics with other names than those that APM reads, and its successor is the connector.',
    remediation: 'Write what has taken its place.',
    example: `exporters:
  debug: {} # not: logging
connectors:
  spanmetrics: { namespace: "" } # not a processor`,
    see: ['https://github.com/open-telemetry/opentelemetry-collector/releases'],
  },
  check: (model) => startFaultsBy(model, 'removed-component'),
};
