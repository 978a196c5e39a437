import { type InstalledCollector, integrationValues } from '../../model/values/integration-values.ts';
import type { Rule, RuleFinding } from '../rule.ts';
import { neededPresets } from './support/presets.ts';
import { withoutPodNames } from './support/uncounted-agents.ts';

export const requirePodAndHostMetrics: Rule = {
  id: 'require-pod-and-host-metrics',
  severity: 'error',
  documentation: {
    summary: 'Reports a preset that fills the Pod & Host view and is switched off.',
    why: 'The view joins spans with metrics of their pod and node by name. Without `kubeletMetrics` the POD tab has no CPU, memory or network, without `hostMetrics` the HOST tab has none, without `clusterMetrics` the number of replicas is not known, and without `resourceDetection` spans carry no `host.name`, so that nothing joins. The tabs stay empty; no collector complains.',
    remediation: 'Leave the preset on, as the chart has it.',
    example: `opentelemetry-agent:
  presets:
    hostMetrics:
      enabled: true
    kubeletMetrics:
      enabled: true
    resourceDetection:
      enabled: true
opentelemetry-cluster-collector:
  presets:
    clusterMetrics:
      enabled: true`,
    see: [
      'https://github.com/coralogix/telemetry-shippers/blob/master/otel-integration/k8s-helm/README.md',
      'https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/main/receiver/kubeletstatsreceiver',
    ],
  },
  check: (model) => {
    return [
      ...integrationValues(model).flatMap(({ collectors }) => collectors.flatMap(switchedOff)),
      // Where span metrics are made, `require-pod-attributes` knows more of it.
      ...withoutPodNames(model).map(({ document, path }) => ({
        message: `kubernetesAttributes of ${path.join('.')} is off: spans get no names of pod and node`,
        place: document.place([...path, 'presets', 'kubernetesAttributes', 'enabled']),
        suggestion: 'write: enabled: true',
      })),
    ];
  },
};

const switchedOff = (collector: InstalledCollector): RuleFinding[] =>
  neededPresets
    .filter(
      ({ alias, preset, isByHand, impossibleOn }) =>
        alias === collector.alias &&
        !collector.values.preset(preset) &&
        collector.values.distribution !== impossibleOn &&
        !isByHand(collector),
    )
    .map(({ preset, without }) => ({
      message: `${preset} of ${collector.path.join('.')} is off: ${without}`,
      place: collector.document.place([...collector.path, 'presets', preset, 'enabled']),
      suggestion: 'write: enabled: true',
    }));
