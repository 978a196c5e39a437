import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { effectiveDimensions } from '../../lib/chart/effective-dimensions.ts';
import { type HelmValuesProps, helmValues } from '../../lib/chart/values/helm-values.ts';
import { renderHelmValues } from '../../lib/chart/values/values-file.ts';

const off = { enabled: false };
const keepAll = { name: 'keep-all', type: 'always_sample' };
const props: HelmValuesProps = {
  domain: 'eu2.coralogix.com',
  clusterName: 'demo',
  environment: 'production',
  provider: 'on-prem',
  dimensions: ['http.method', 'service.version', 'k8s.pod.name'],
  loadBalancing: { enabled: true, policies: [keepAll] },
};
const withoutGateway: HelmValuesProps = { ...props, loadBalancing: { enabled: false, policies: [keepAll] } };
const release = { release: 'otel', namespace: 'coralogix' };

describe('the values for the chart', () => {
  test('with load balancing', async () => {
    await expect(renderHelmValues(helmValues(props), release)).toMatchFileSnapshot('__snapshots__/helm-values.yaml');
  });

  test('without load balancing leave the traces to the agent and start no gateway', () => {
    const values = helmValues(withoutGateway);
    expect(Object.keys(values)).toEqual(['global', 'opentelemetry-agent', 'opentelemetry-cluster-collector']);
    expect(Object.keys(values['opentelemetry-agent']?.presets ?? {})).toEqual([
      'hostMetrics',
      'kubeletMetrics',
      'kubernetesAttributes',
      'spanMetrics',
    ]);
  });

  test.each([
    ['off while it is listed', ['service.version'], false],
    ['on while it is not', ['k8s.pod.name'], true],
  ])('switch what appends service.version %s', (_, dimensions, enabled) => {
    const { 'opentelemetry-agent': agent } = helmValues({ ...props, dimensions });
    expect(agent?.presets?.spanMetrics?.serviceVersion).toEqual({ enabled });
  });

  test.each([
    [{}, {}],
    [{ compact: false }, { compactMetrics: off, dbMetrics: { compactMetrics: off } }],
    [{ database: false }, { dbMetrics: { ...off, compactMetrics: off } }],
    [
      { compact: false, database: false },
      { compactMetrics: off, dbMetrics: { ...off, compactMetrics: off } },
    ],
  ])('switch off what %j leaves out, and name nothing else', (kinds, expected) => {
    const { 'opentelemetry-agent': agent } = helmValues({ ...props, ...kinds });
    const { enabled, serviceVersion, extraDimensions, ...rest } = agent?.presets?.spanMetrics ?? {};
    expect(rest).toEqual(expected);
  });

  test.each([
    ['leave out', 'on-prem', { resourceDetection: { detectors: { env: ['env', 'system'] } } }],
    ['have no need to leave out', 'aws', undefined],
  ] as const)('%s the detector that the gateway may not use on %s', (_, provider, presets) => {
    expect(helmValues({ ...props, provider })['opentelemetry-gateway']?.presets).toEqual(presets);
  });

  test('have an environment that nobody on the way to the collector expands', () => {
    const environment = 'it\'s ${env:KEY}, $(KEY) {{ .Values }} é=1+1 %41 \\ "';
    const { deploymentEnvironmentName = '' } = helmValues({ ...props, environment }).global;
    expect(deploymentEnvironmentName).not.toMatch(/[${},=+"\\\s]|[^\0-\x7f]/);
    expect(decodeURIComponent(deploymentEnvironmentName)).toBe(environment);
  });

  test('pass what a policy holds on as it is', () => {
    const policy = { name: 'some', type: 'probabilistic', probabilistic: { sampling_percentage: 10 } };
    const values = helmValues({ ...props, loadBalancing: { enabled: true, policies: [policy, keepAll] } });
    expect(values['opentelemetry-gateway']?.config?.processors.tail_sampling.policies).toEqual([policy, keepAll]);
  });
});

describe('the values file', () => {
  test('reads back as the values, whichever version of YAML the reader speaks', () => {
    const values = helmValues({ ...props, clusterName: 'no', environment: '1e3' });
    for (const version of ['1.1', '1.2'] as const) {
      expect(parse(renderHelmValues(values, release), { version })).toEqual(values);
    }
  });

  test('writes a policy that occurs twice out twice', () => {
    const values = helmValues({ ...props, loadBalancing: { enabled: true, policies: [keepAll, keepAll] } });
    expect(renderHelmValues(values, release)).not.toMatch(/[&*]a1/);
  });

  test('have a comment that no name ends', () => {
    const values = helmValues({ ...withoutGateway, dimensions: ['a\nglobal: {}\n\u001b'] });
    const file = renderHelmValues(values, { ...release, namespace: 'a\nb: c' });
    expect(file).toContain('#   a\\nglobal: {}\\n\\u001b\n');
    expect(parse(file)).toEqual(values);
  });

  test('lists the dimensions that the collector will have', () => {
    const values = helmValues(props);
    for (const { name } of effectiveDimensions(values)) {
      expect(renderHelmValues(values, release)).toContain(`#   ${name}\n`);
    }
  });

  test('explains only what it holds', () => {
    const file = renderHelmValues(helmValues({ ...withoutGateway, provider: 'aws', dimensions: [] }), {
      ...release,
      file: 'out/values.yaml',
    });
    expect(file).not.toMatch(/^# - (loadBalancing|serviceVersion|provider):/m);
    expect(file).toContain('-f out/values.yaml\n');
  });
});
