import type { Collector } from '../../model/collector/collector.ts';
import type { Model } from '../../model/model.ts';
import { collectorWorkload } from '../../model/spans/collector-container.ts';
import { type InstalledCollector, installedCollectors } from '../../model/values/integration-values.ts';
import type { Rule, RuleFinding } from '../rule.ts';

export const requireCollectorConfiguration: Rule = {
  id: 'require-collector-configuration',
  severity: 'error',
  documentation: {
    summary: 'Reports a collector of the chart that has no configuration.',
    why: 'With `configMap.create: false` the chart writes neither the ConfigMap nor the argument `--config`, and what stands below `config` and `presets` takes no effect; helm prints a warning and installs the release. The collector ends with “at least one config flag must be provided”, again and again. Where `command.extraArgs` names a configuration, or a supervisor of fleet management gives it one, what the collector does is not known from the files.',
    remediation: 'Leave `configMap.create` on, or name a configuration in `command.extraArgs`.',
    example: `opentelemetry-agent:
  configMap:
    create: true`,
    see: [
      'https://github.com/coralogix/opentelemetry-helm-charts/blob/main/charts/opentelemetry-collector/values.yaml',
      'https://opentelemetry.io/docs/collector/configuration/#location',
    ],
  },
  check: (model) => {
    const installed = new Map(installedCollectors(model).map((entry) => [entry.collector, entry]));
    return model.collectors.flatMap((collector) => withoutConfiguration(model, collector, installed.get(collector)));
  },
};

function withoutConfiguration(
  model: Model,
  collector: Collector,
  installed: InstalledCollector | undefined,
): RuleFinding[] {
  const { unread, title, fromValues } = collector;
  if (unread === undefined || (fromValues && installed === undefined)) {
    return [];
  }
  const { kind, place, reason } = unread;
  return kind === 'none'
    ? [
        {
          message: `${title} has no configuration: configMap.create is off and its command names none, so it does not start`,
          place,
          suggestion: `write below ${installed?.alias}: configMap: { create: true }`,
        },
      ]
    : [
        {
          message: `what ${title} does is not known: ${reason}`,
          place,
          manifest: collectorWorkload(model, collector)?.manifest,
          cannotTell: true,
        },
      ];
}
