import { expect, test } from 'vitest';
import { tracedContainers } from '../../lib/forecast/traced-container.ts';
import { modelOf } from '../model/support/model-of.ts';
import { collector, type SmallSystemProps, smallSystem } from '../model/support/small-system.ts';

/** Containers by name, with the collector that counts their spans. */
const counting = (props: SmallSystemProps) =>
  tracedContainers(modelOf(smallSystem(props))).map(({ container, collector: found }) => [
    container.name,
    found?.title,
  ]);

test('the collector behind the endpoint counts', () => {
  expect(counting({})).toEqual([['app', 'DaemonSet agent']]);
});

const localhost = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://localhost:4317' };

test('on the network of the node, localhost leads to the agent there', () => {
  const onNode = { hostNetwork: true };
  expect(counting({ env: localhost, pod: onNode, collectorPod: onNode })).toEqual([['app', 'DaemonSet agent']]);
  expect(counting({ env: localhost })).toEqual([['app', undefined]]);
});

test('beside the application, a collector counts and is not counted', () => {
  const [configuration] = collector({}, 'sidecar');
  const props: SmallSystemProps = {
    env: localhost,
    namespace: 'otel',
    pod: { volumes: [{ name: 'config', configMap: { name: 'sidecar' } }] },
    containers: [{ name: 'otelcol', image: 'otelcol:1' }],
    more: configuration === undefined ? [] : [configuration],
  };
  expect(counting(props)).toEqual([['app', 'Deployment api']]);
});
