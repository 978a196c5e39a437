import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { loadSystem } from '../../lib/config/load-system.ts';
import type { ForecastConfig } from '../../lib/config/schema/forecast.ts';
import type { Forecast } from '../../lib/forecast/forecast.ts';
import { forecastSystem } from '../../lib/forecast/forecast-system.ts';
import { readSpanSample } from '../../lib/forecast/sample/read-span-sample.ts';
import type { Model } from '../../lib/model/model.ts';
import { readModel } from '../../lib/model/read-model.ts';
import { readSources } from '../../lib/model/source/read-sources.ts';
import { waitFor } from '../cluster/wait.ts';
import type { ReceivedResource, Series } from '../sink/shapes.ts';
import { Bed } from './bed.ts';
import { describedSpans } from './described-spans.ts';
import { figures } from './figures.ts';

const run = 'forecast';

/** Services of several pods and of one, HTTP and not, with dimensions and with attributes that are none. */
const traffic = `
forecast:
  operations: 2
  services:
    query-service:
      operations:
        - { name: 'GET /forecast/products', methods: [GET], statusCodes: [200, 404, 500] }
        - { name: 'POST /forecast/orders', methods: [POST], statusCodes: [201, 500] }
        # The collector gives these two one name.
        - { name: 'GET /forecast/orders/{id}', methods: [GET], statusCodes: [200, 404] }
        - { name: 'GET /forecast/orders/17', methods: [GET], statusCodes: [200] }
        - name: SELECT products
          kind: client
          attributes: { db.system: [postgresql], db.namespace: [shop], db.collection.name: [products, orders, lines] }
    frontend:
      operations:
        - { name: /forecast/page, methods: [GET, HEAD], statusCodes: [200, 304] }
    queue-worker-service:
      operations:
        - { name: forecast process, kind: consumer, statuses: [unset], attributes: { messaging.system: [redis] } }
        - { name: render, kind: internal, attributes: { template: 7 } }
    api-gateway: { operations: 12 }
`;

const spanMetricNames = ['', 'compact.', 'db.', 'db_compact.'].flatMap((prefix) => [
  `${prefix}calls`,
  `${prefix}duration`,
]);

let bed: Bed;
let config: ForecastConfig;
let model: Model;
let series: Series[];
let spans: ReceivedResource[];

beforeAll(async () => {
  bed = await Bed.start();
  const { folder } = inject('sharedCluster');
  const file = join(folder, 'forecast.yaml');
  writeFileSync(file, readFileSync(join(folder, 'dist.yaml'), 'utf8') + traffic);
  config = loadSystem(file).config.forecast;
  model = readModel(readSources([bed.dist]));

  await bed.startAgents();
  const services = await bed.startServices(await bed.servicePods());
  let sent = 0;
  for (const service of services) {
    const name = service.env.get('OTEL_SERVICE_NAME') ?? '';
    sent += await service.send(describedSpans(config, name, run, service.pod.metadata.uid));
    await service.flush();
  }
  await waitFor('all spans and their metrics', async () => {
    const { arrived } = await bed.sink.count(run);
    const counted = await Promise.all(['calls', 'compact.calls'].map(callsOf));
    const databases = await Promise.all(['db.calls', 'db_compact.calls'].map(callsOf));
    const areSame = databases.every((calls) => calls === databases[0] && calls > 0);
    return (arrived === sent && counted.every((calls) => calls === sent) && areSame) || undefined;
  });
  series = await bed.sink.series(...spanMetricNames);
  spans = await bed.sink.spans(run);
});
afterAll(() => bed?.stop());

async function callsOf(name: string): Promise<number> {
  const found = await bed.sink.series(name);
  return found.reduce((sum, one) => sum + (one.kind === 'sum' ? one.value : 0), 0);
}

/** As Coralogix counts: of a histogram each bucket, that for +Inf among them, the sum and the count. */
function seriesOf(service?: string): number {
  const distinct = new Map(
    series
      .filter(({ resource }) => service === undefined || resource['service.name'] === service)
      .map((one) => [JSON.stringify([one.name, sorted(one.resource), sorted(one.attributes)]), one]),
  );
  return [...distinct.values()].reduce((sum, one) => sum + (one.kind === 'histogram' ? one.buckets.length + 2 : 1), 0);
}

const sorted = (attributes: object) => Object.entries(attributes).sort(([one], [other]) => (one < other ? -1 : 1));

function expectAccurate(title: string, forecast: Forecast): void {
  const emitted = seriesOf();
  const difference = (100 * (forecast.series - emitted)) / emitted;
  figures(title, { forecast: forecast.series, emitted, 'difference in %': Number(difference.toFixed(2)) });
  expect(emitted).toBeGreaterThan(1_000);
  expect(Math.abs(difference)).toBeLessThanOrEqual(5);
  const ofServices = (of: (service: string) => number) =>
    Object.fromEntries(forecast.services.map(({ service }) => [service, of(service)]));
  expect(Object.fromEntries(forecast.services.map((one) => [one.service, one.series]))).toEqual(ofServices(seriesOf));
}

describe('the forecast', () => {
  test('from a description of the traffic is what the real collector emits of just that traffic', () => {
    expectAccurate('forecast from a description', forecastSystem(model, config));
  });

  test('from a sample of the spans is what the real collector made of them', () => {
    const file = join(inject('sharedCluster').folder, 'spans.json');
    const attributesOf = (attributes: object) =>
      Object.entries(attributes).map(([key, value]) => ({ key, value: { stringValue: String(value) } }));
    const lines = spans.map(({ resource, spans: own }) =>
      JSON.stringify({
        resourceSpans: [
          {
            resource: { attributes: attributesOf(resource) },
            scopeSpans: [
              {
                spans: own.map(({ name, kind, status, attributes }) => ({
                  name,
                  kind,
                  status: { code: status },
                  attributes: attributesOf(attributes),
                })),
              },
            ],
          },
        ],
      }),
    );
    writeFileSync(file, lines.join('\n'));
    expectAccurate('forecast from a sample', forecastSystem(model, { ...config, services: {} }, readSpanSample(file)));
  });
});
