import type { Collector } from '../../model/collector/collector.ts';
import { componentsOf, type PartProblem, problemsOfCollectors } from '../../model/collector/part.ts';
import type { Model } from '../../model/model.ts';
import { collectorWorkload, isCollectorContainer } from '../../model/spans/collector-container.ts';
import { componentType } from '../../pipeline/component.ts';
import { numberAt, textListAt, valueAt } from '../../yaml/value.ts';
import type { Rule } from '../rule.ts';

export const requireHealthCheck: Rule = {
  id: 'require-health-check',
  severity: 'warning',
  documentation: {
    summary: 'Reports a health check that is configured and not started, and probes that nothing answers.',
    why: 'An extension runs only when `service.extensions` names it. Without `health_check` the probes of the pod fail, and the kubelet restarts a collector that works; without probes a collector that hangs is never restarted.',
    remediation: 'Configure `health_check`, name it in `service.extensions`, and let the probes ask its port.',
    example: `extensions:
  health_check: { endpoint: "\${env:MY_POD_IP}:13133" }
service:
  extensions: [health_check]`,
    see: ['https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/main/extension/healthcheckextension'],
  },
  check: (model) => problemsOfCollectors(model, (collector) => problemsOf(model, collector)),
};

function problemsOf(model: Model, collector: Collector): PartProblem[] {
  const { config, title } = collector;
  const types = ['health_check', 'healthcheckv2'];
  const started = textListAt(config, 'service', 'extensions').some((id) => types.includes(componentType(id)));
  const [configured] = componentsOf(collector, 'extensions', ...types);
  if (started) {
    return [];
  }
  if (configured !== undefined) {
    return [
      {
        path: ['extensions', configured.id],
        message: `${configured.id} of ${title} is configured, and service.extensions does not name it: it does not run`,
        suggestion: `write below service: extensions: [${[configured.id, ...textListAt(config, 'service', 'extensions')].join(', ')}]`,
      },
    ];
  }
  const workload = collectorWorkload(model, collector);
  const container = workload?.containers.find((each) => isCollectorContainer(model, workload, each));
  const probed = ['livenessProbe', 'readinessProbe', 'startupProbe'].some((probe) => {
    const port = valueAt(container?.value, probe, 'httpGet', 'port');
    return port === 13_133 || numberAt({ port }, 'port') === 13_133 || port === 'health' || port === 'healthcheck';
  });
  return probed
    ? [
        {
          path: ['service'],
          message: `the probes of ${title} ask port 13133, and its configuration has no health_check`,
          suggestion:
            'write: extensions: { health_check: { endpoint: 0.0.0.0:13133 } }, and name it in service.extensions',
        },
      ]
    : [];
}
