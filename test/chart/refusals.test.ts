import { describe, expect, test } from 'vitest';
import { renderChart } from '../../lib/chart/chart.ts';
import { parseYaml } from '../../lib/yaml/parse.ts';
import { kubernetesSchema } from '../../lib/yaml/schema.ts';
import { mappingAt } from '../../lib/yaml/value.ts';

const reasonsOf = (text: string): string[] => {
  const parsed = parseYaml(text, kubernetesSchema);
  const written = mappingAt('value' in parsed ? parsed.value : undefined);
  const values = { global: { domain: 'eu2.coralogix.com', clusterName: 'c1' }, ...written };
  const { refusals } = renderChart('otel-integration', values, { name: 'coralogix', namespace: 'coralogix' });
  return refusals.map(({ reason }) => reason);
};

const agent = (values: string): string => `opentelemetry-agent: { ${values} }`;
const preset = (values: string): string => agent(`presets: { ${values} }`);
const config = (values: string): string => agent(`config: { ${values} }`);

// Each reason is what `helm template` of the chart 0.0.331 prints for the same values.
describe('helm refuses', () => {
  test.each([
    [agent('mode: ""'), "[ERROR] 'mode' must be set."],
    [agent('presets: null'), 'at <.Values.presets.ecsLogsCollection.enabled>: nil pointer evaluating interface {}.ecs'],
    [preset('spanMetrics: null'), 'at <.Values.presets.spanMetrics.enabled>: nil pointer evaluating interface {}.en'],
    [
      config('service: { pipelines: null }'),
      'at <$config.service.pipelines.logs>: nil pointer evaluating interface {}',
    ],
    [
      config('service: { pipelines: { traces: { receivers: otlp } } }'),
      'error calling has: Cannot find has on type st',
    ],
    [
      config('processors: null'),
      "$processorsConfig.memory_limiter>: can't evaluate field memory_limiter in type string",
    ],
    [config('extensions: null'), 'at <.Values.config.extensions>: wrong type for value; expected map[string]interface'],
    [agent('ports: null'), 'at <deepCopy .Values.ports>: error calling deepCopy: reflect: call of reflect.Value.Type'],
    [agent('isWindows: null'), 'at <"/conf">: invalid value; expected bool'],
    [agent('isWindows: null, configMap: { create: false }'), 'at <"linux">: invalid value; expected bool'],
    [agent('annotations: { a: 1 }'), 'at <$value>: wrong type for value; expected string; got float64'],
    [agent('dnsPolicy: None'), '[ERROR] dnsConfig should be provided when dnsPolicy is None'],
    [agent('fullnameOverride: "a: b"'), 'yaml: mapping values are not allowed in this context'],
    ['opentelemetry-agent: text', 'type mismatch on opentelemetry-agent: %!t(string=text)'],
    ['coralogix-ebpf-agent: { enabled: true }', "[ERROR] 'coralogix-ebpf-agent' is deprecated."],
    ['global: null', 'at <.Values.global.domain>: nil pointer evaluating interface {}.domain'],
    ['global: { domain: 7 }', 'at <eq .Values.global.domain "">: error calling eq: incompatible types for comparison'],
    ['opentelemetry-cluster-collector: { replicaCount: 2 }', 'not suitable for replicaCount greater than one.'],
    [preset('clusterMetrics: { enabled: true }'), 'Cluster Metrics preset is not suitable for daemonset mode.'],
    [preset('spanMetrics: { enable: true }'), '- presets.spanMetrics: Additional property enable is not allowed'],
    [
      preset('spanMetrics: { enabled: "yes" }'),
      '- presets.spanMetrics.enabled: Invalid type. Expected: boolean, given',
    ],
    [preset('loadBalancing: { enabled: true, hostname: x }, batch: null'), 'at <.Values.presets.batch.enabled>: nil'],
    [
      preset('loadBalancing: { enabled: true }, batch: { enabled: false }'),
      '[ERROR] loadBalancing preset requires the',
    ],
    [preset('spanMetricsMulti: { enabled: true, configs: [a] }'), "at <$cfg.selector>: can't evaluate field selector"],
    [
      preset('spanMetricsMulti: { enabled: true, extraDimensions: [a] }'),
      "at <.name>: can't evaluate field name in type",
    ],
    [
      preset('spanMetrics: { spanNameReplacePattern: [null] }'),
      'at <$pattern.regex>: nil pointer evaluating interface',
    ],
    [agent('global: null'), 'at <.Values.global.domain>: nil pointer evaluating interface {}.domain'],
    [agent('mode: "", presets: { spanMetricsMulti: { enabled: true } }'), "[ERROR] 'mode' must be set."],
    [agent('extraConfig: { service: { pipelines: { traces/x: { receivers: [a] } } } }'), 'Cannot create new pipeline'],
    [
      'opentelemetry-gateway: { enabled: true, extraConfig: { service: { pipelines: { traces: { receivers: [] } } } } }',
      'error calling append: runtime error: invalid memory address or nil pointer dereference',
    ],
  ])('%s', (values, reason) => {
    expect(reasonsOf(values)[0]).toContain(reason);
  });

  test.each([
    ['{{ .Values.none.at }}', 'at <.Values.none.at>: nil pointer evaluating interface {}.at'],
    ['{{ fail "stop" }}', 'stop'],
    ['{{ required "wanted" .Values.none }}', 'wanted'],
    ['{{ nothing }}', 'function "nothing" not defined'],
    ['{{ .Release.Name', "bad character U+0027 '''"],
    ['a {{ .Release.Name', 'unclosed action'],
  ])('the template %s in a configuration', (template, reason) => {
    expect(reasonsOf(config(`processors: { x: '${template}' }`))[0]).toBe(reason);
  });

  test.each([
    ['a pipeline that values take away', config('service: { pipelines: { traces: null } }')],
    ['a port that values take away', agent('ports: { otlp: null }')],
    ['a preset that is off', preset('spanMetrics: { enabled: false }')],
    ['a null that takes a mapping away', agent('podAnnotations: null')],
    ['profiles without processors', config('service: { pipelines: { profiles: { receivers: [a], exporters: [b] } } }')],
    ['a template that is printed', config("processors: { x: '{{ .Release.Name }}' }")],
  ])('not %s', (_, values) => {
    expect(reasonsOf(values)).toEqual([]);
  });
});
