import type { Collector } from '../../model/collector/collector.ts';
import { componentsOf, type PartProblem, problemsOfCollectors } from '../../model/collector/part.ts';
import { isOfChart, missingSettings } from '../../model/start/coralogix-exporters.ts';
import { startFaultsBy } from '../../model/start/start-faults.ts';
import { listAt, textAt } from '../../yaml/value.ts';
import type { Rule } from '../rule.ts';

export const validCoralogixExporter: Rule = {
  id: 'valid-coralogix-exporter',
  severity: 'error',
  documentation: {
    summary: 'Reports an exporter `coralogix` with which the collector does not start, or sends nowhere.',
    why: 'The exporter makes its address of `domain`; a key `endpoint` at its top is none of its settings for that. It needs `private_key` and `application_name`, and `protocol: http` only since 0.144. With any of these wrong the collector refuses its configuration, and no view has anything from it.',
    remediation: 'Write `domain`, `private_key`, `application_name` and `subsystem_name`, and leave `endpoint` out.',
    example: `exporters:
  coralogix:
    domain: eu2.coralogix.com
    private_key: \${env:CORALOGIX_PRIVATE_KEY}
    application_name: shop
    subsystem_name: shop`,
    see: ['https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/main/exporter/coralogixexporter'],
  },
  check: (model) => [...startFaultsBy(model, 'exporter-settings'), ...problemsOfCollectors(model, withoutSubsystem)],
};

/** The collector starts without; of an exporter that lacks more the rest is reported. */
const withoutSubsystem = (collector: Collector): PartProblem[] =>
  componentsOf(collector, 'exporters', 'coralogix')
    .filter(({ id, settings }) => !isOfChart(collector, id) && missingSettings(settings).length === 0)
    .filter(
      ({ settings }) =>
        (textAt(settings, 'subsystem_name') ?? '') === '' && listAt(settings, 'subsystem_name_attributes').length === 0,
    )
    .map(({ id }) => ({
      path: ['exporters', id],
      message: `${id} of ${collector.title} has neither subsystem_name nor subsystem_name_attributes: all data has an empty subsystem`,
      suggestion: 'write: subsystem_name_attributes: [k8s.deployment.name, service.name]',
    }));
