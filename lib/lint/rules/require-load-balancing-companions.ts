import { collectorService, subChart } from '../../chart/names.ts';
import { hasBatch } from '../../chart/notes.ts';
import {
  type InstalledCollector,
  type IntegrationValues,
  integrationValues,
} from '../../model/values/integration-values.ts';
import { componentType } from '../../pipeline/component.ts';
import { keepsNoSpan, samplersIn } from '../../pipeline/sampling.ts';
import type { Rule, RuleFinding } from '../rule.ts';

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
    return integrationValues(model).flatMap((values) => {
      const balancing = withoutCompanions(values);
      return balancing.length > 0 ? balancing : withoutPolicies(values);
    });
  },
};

function withoutCompanions({ collectors, document }: IntegrationValues): RuleFinding[] {
  const gateway = collectors.find(({ alias }) => alias === subChart.gateway);
  return collectors
    .filter(({ values }) => values.preset('loadBalancing'))
    .flatMap((balancing) => {
      const missing = missingCompanions(balancing, gateway);
      return missing.length === 0
        ? []
        : [
            {
              message: `loadBalancing of ${balancing.path.join('.')} lacks ${missing.map(({ title }) => title).join(', ')}`,
              place: document.place([...balancing.path, 'presets', 'loadBalancing'], 'key'),
              suggestion: `write ${missing.map(({ write }) => write).join(', ')}`,
            },
          ];
    });
}

function withoutPolicies({ collectors, document }: IntegrationValues): RuleFinding[] {
  const gateway = collectors.find(({ alias }) => alias === subChart.gateway);
  return gateway === undefined || !lacksPolicies(gateway)
    ? []
    : [
        {
          message: 'the gateway samples by no policy, and so keeps no trace or does not start',
          place: document.place(gateway.path, 'key'),
          suggestion: `write ${samplingPolicies.write}`,
        },
      ];
}

/** Something that `loadBalancing` needs and does not have. */
interface MissingCompanion {
  /** As what comes behind `loadBalancing lacks`. */
  readonly title: string;
  /** Key and value to write, from the top of the values. */
  readonly write: string;
}

/** @param gateway of the same values */
function missingCompanions(balancing: InstalledCollector, gateway: InstalledCollector | undefined): MissingCompanion[] {
  const { path, values } = balancing;
  const hostname = values.text('presets', 'loadBalancing', 'hostname');
  const isByName = !['k8s', 'awsCloudMap'].some((resolver) =>
    values.has('presets', 'loadBalancing', resolver, 'enabled'),
  );
  const leadsToGateway = isByName && (hostname === undefined || hostname.startsWith(collectorService.gateway));
  const preset = (name: string) => [...path.map(String), 'presets', name];
  return [
    ...(leadsToGateway && gateway === undefined ? [gatewayItself] : []),
    ...(leadsToGateway && (gateway === undefined || lacksPolicies(gateway)) ? [samplingPolicies] : []),
    ...(isByName && hostname === undefined
      ? [missing('a hostname', [...preset('loadBalancing'), 'hostname'], collectorService.gateway)]
      : []),
    ...(hasBatch(balancing.values) ? [] : [missing('the processor batch', [...preset('batch'), 'enabled'], 'true')]),
    ...(exportsTwice(balancing) ? [exporterWithoutTraces(preset('coralogixExporter'))] : []),
  ];
}

/** Whether a gateway samples, and by nothing. */
const lacksPolicies = ({ collector: { config, pipelines } }: InstalledCollector): boolean =>
  samplersIn(pipelines.of('traces')).some(
    (id) => componentType(id) === 'tail_sampling' && keepsNoSpan(config, id) !== undefined,
  );

const policiesPath = ['processors', 'tail_sampling', 'policies'];

const missing = (title: string, path: readonly string[], value: string): MissingCompanion => ({
  title,
  write: `${path.join('.')}: ${value}`,
});

const gatewayItself = missing('the gateway', [subChart.gateway, 'enabled'], 'true');

const samplingPolicies: MissingCompanion = {
  title: 'sampling policies of the gateway',
  write: `${[subChart.gateway, 'config', ...policiesPath].join('.')}: [{ name: keep-all, type: always_sample }]`,
};

const exporterWithoutTraces = (preset: readonly string[]): MissingCompanion => ({
  title: 'a coralogixExporter without traces, so that every trace is exported twice',
  write: `${preset.join('.')}.pipelines: [metrics, logs]`,
});

const exportsTwice = ({ collector }: InstalledCollector): boolean =>
  collector.pipelines
    .with('exporters', 'coralogix')
    .some(({ signal, exporters }) => signal === 'traces' && exporters.includes('loadbalancing'));
