import { App, Chart } from 'cdk8s';
import { expect, test } from 'vitest';
import { CollectorEndpoint, type CollectorEndpointProps } from '../../lib/constructs/collector-endpoint.ts';
import { renderApp } from '../../lib/synth/render-app.ts';
import { only, synthesized } from '../support/synthesized.ts';

test("the plan's endpoint leads to the agent's Service in the collector's namespace", () => {
  const objects = synthesized((chart) => {
    const endpoint = new CollectorEndpoint(chart, 'Endpoint', { partOf: 'demo', collectorNamespace: 'coralogix' });
    expect(endpoint.url).toBe('http://coralogix-opentelemetry-collector:4317');
  });
  expect(only(objects, 'Service')).toMatchObject({
    metadata: { name: 'coralogix-opentelemetry-collector' },
    spec: { type: 'ExternalName', externalName: 'coralogix-opentelemetry.coralogix.svc.cluster.local' },
  });
});

test('CollectorEndpoint takes all its props', () => {
  const props: Required<CollectorEndpointProps> = {
    partOf: 'demo',
    collectorNamespace: 'observability',
    name: 'collector',
    agentService: 'agent',
    clusterDomain: 'k8s.internal',
  };
  const objects = synthesized((chart) => {
    expect(new CollectorEndpoint(chart, 'Endpoint', props).url).toBe('http://collector:4317');
  });
  expect(only(objects, 'Service')).toMatchObject({
    metadata: { name: 'collector' },
    spec: { externalName: 'agent.observability.svc.k8s.internal' },
  });
});

test('in the namespace of the collector it is refused, since it would overwrite a Service of the chart', () => {
  const app = new App();
  const chart = new Chart(app, 'test', { namespace: 'coralogix' });
  new CollectorEndpoint(chart, 'Endpoint', { partOf: 'demo', collectorNamespace: 'coralogix' });
  expect(() => renderApp(app)).toThrow(
    "Service coralogix-opentelemetry-collector would be in the collector's own namespace coralogix",
  );
});
