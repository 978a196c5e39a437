import { subChart } from '../../chart/names.ts';
import type { Rule, RuleFinding } from '../rule.ts';
import { type IntegrationValues, integrationValues } from './support/integration-values.ts';
import { lacksPolicies, missingCompanions, samplingPolicies } from './support/load-balancing.ts';

export const requireLoadBalancingCompanions: Rule = {
  id: 'require-load-balancing-companions',
  severity: 'error',
  documentation: {
    summary: 'Reports load balancing, or a gateway, without what has to be there with it.',
    why: 'The preset `loadBalancing` only adds an exporter. Without a gateway, or with an empty hostname, spans are dropped or the agent does not start. With `coralogixExporter` as it is by default every trace is sent to Coralogix twice: once by the agent, unsampled, and once by the gateway. A gateway without `tail_sampling` does not start, and one without policies keeps no trace.',
    remediation:
      'Switch on the gateway, give it policies, name it as the host, leave the preset batch on, and take traces from the agent’s `coralogixExporter`: `[metrics, logs]`, and not `[none]`, which takes the metrics as well.',
    example: `opentelemetry-agent:
  presets:
    batch:
      enabled: true
    loadBalancing:
      enabled: true
      hostname: coralogix-opentelemetry-gateway
    coralogixExporter:
      pipelines: [metrics, logs]
opentelemetry-gateway:
  enabled: true
  config:
    processors:
      tail_sampling:
        policies:
          - name: keep-all
            type: always_sample`,
    see: [
      'https://github.com/coralogix/telemetry-shippers/blob/master/otel-integration/k8s-helm/tail-sampling-values.yaml',
      'https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/main/processor/tailsamplingprocessor',
    ],
  },
  check: (model) => {
    const all = integrationValues(model);
    return all.flatMap((values) => {
      const others = all.flatMap((other) => (other === values ? [] : [other.written]));
      const balancing = withoutCompanions(values, others);
      return balancing.length > 0 ? balancing : withoutPolicies(values, others);
    });
  },
};

function withoutCompanions({ collectors, document }: IntegrationValues, others: readonly unknown[]): RuleFinding[] {
  const gateway = collectors.find(({ alias }) => alias === subChart.gateway);
  return collectors
    .filter(({ values }) => values.preset('loadBalancing'))
    .flatMap((balancing) => {
      const missing = missingCompanions(balancing, gateway).filter(({ isIn }) => !others.some(isIn));
      return missing.length === 0
        ? []
        : [
            {
              message: `loadBalancing of ${balancing.alias} lacks ${missing.map(({ title }) => title).join(', ')}`,
              place: document.place([...balancing.path, 'presets', 'loadBalancing'], 'key'),
              suggestion: `write ${missing.map(({ write }) => write).join(', ')}`,
            },
          ];
    });
}

function withoutPolicies({ collectors, document }: IntegrationValues, others: readonly unknown[]): RuleFinding[] {
  const gateway = collectors.find(({ alias }) => alias === subChart.gateway);
  return gateway === undefined || !lacksPolicies(gateway) || others.some(samplingPolicies.isIn)
    ? []
    : [
        {
          message: 'the gateway samples by no policy, and so keeps no trace or does not start',
          place: document.place(gateway.path, 'key'),
          suggestion: `write ${samplingPolicies.write}`,
        },
      ];
}
