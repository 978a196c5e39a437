import { App } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import { loadSystem } from '../../lib/config/load-system.ts';
import { System } from '../../lib/constructs/system.ts';
import { makesSpanMetrics } from '../../lib/model/collector/collector.ts';
import { otlpSettings } from '../../lib/model/network/otlp-settings.ts';
import { type Answer, resolveEndpoint } from '../../lib/model/network/resolve.ts';
import { readModel } from '../../lib/model/read-model.ts';
import { renderApp } from '../../lib/synth/render-app.ts';

const system = loadSystem('config/dataprime-demo.yaml');

/** The model of what the project writes for its example. */
function modelOfDelivery(delivery: 'helm-values' | 'manifests') {
  const { collector } = system.config;
  const app = new App();
  new System(app, 'System', { ...system, config: { ...system.config, collector: { ...collector, delivery } } });
  return readModel(renderApp(app).map(({ path, content }) => ({ file: path, text: content })));
}

describe.each(['helm-values', 'manifests'] as const)('our own output, delivered as %s', (delivery) => {
  const model = modelOfDelivery(delivery);
  // The values are written with either delivery.
  const collectors = model.collectors.filter(({ fromValues }) => fromValues === (delivery === 'helm-values'));
  const services = model.workloads.filter(({ name }) =>
    system.config.services.some((service) => service.name === name),
  );

  test('is read without a problem', () => {
    expect(model.problems).toEqual([]);
    expect(model.unknown).toEqual([]);
    expect(collectors.map(({ tier }) => tier).sort()).toEqual(['agent', 'cluster-collector', 'gateway']);
    expect(services).toHaveLength(9);
  });

  test('has one collector that makes span metrics, with the dimensions of the configuration', () => {
    const counting = collectors.filter(makesSpanMetrics);
    expect(counting.map(({ tier }) => tier)).toEqual(['agent']);
    expect(counting.flatMap(({ dimensions }) => dimensions.map(({ name }) => name))).toEqual(
      expect.arrayContaining([...system.config.collector.spanMetrics.dimensions]),
    );
  });

  test.each(services.map((workload) => [workload.name, workload] as const))(
    'leads the spans of %s to it',
    (_, workload) => {
      const [container] = workload.containers;
      const { endpoint } = otlpSettings(container ? model.environment(workload, container) : new Map());
      const answer: Answer | undefined = endpoint && resolveEndpoint(model, workload, endpoint);
      expect(answer).toMatchObject({
        kind: 'collector',
        collector: { tier: 'agent', fromValues: delivery === 'helm-values' },
        services: [
          { name: 'coralogix-opentelemetry-collector', type: 'ExternalName' },
          { name: 'coralogix-opentelemetry', internalTrafficPolicy: 'Local' },
        ],
      });
    },
  );

  test('has a value for every variable', () => {
    const variables = model.workloads.flatMap((workload) =>
      workload.containers.flatMap((container) => [...model.environment(workload, container).values()]),
    );
    expect(variables.filter(({ unexpanded }) => unexpanded.length > 0)).toEqual([]);
    expect(variables.filter(({ value, origin }) => value === undefined && origin.kind !== 'resource')).toEqual([]);
  });
});
