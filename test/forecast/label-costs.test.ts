import { describe, expect, test } from 'vitest';
import { forecastSchema } from '../../lib/config/schema/forecast.ts';
import { forecastSystem } from '../../lib/forecast/forecast-system.ts';
import { readModel } from '../../lib/model/read-model.ts';
import { readSources } from '../../lib/model/source/read-sources.ts';

const operation = (more: object) => ({ name: 'GET /a', methods: ['GET'], ...more });

/** What the labels of one service cost, in the example system. */
function costsOf(...operations: object[]) {
  const config = forecastSchema.parse({ operations: '0', services: { 'api-gateway': { operations } } });
  const { labels, drops, freeLabels, unusedDimensions } = forecastSystem(readModel(readSources(['dist'])), config);
  const costs = Object.fromEntries(labels.map(({ label, factor }) => [label, factor]));
  return { labels, costs, drops, freeLabels, unusedDimensions };
}

describe('a label', () => {
  test('costs the series with it for each without', () => {
    const { costs } = costsOf(
      operation({ statusCodes: ['200', '404', '500'] }),
      operation({ name: 'GET /b', statusCodes: ['200'] }),
    );
    expect(costs).toEqual({ 'http.response.status_code': 4 / 3, 'span.name': 4 / 3, 'k8s.pod.name': 1 });
  });

  test('that says the same as another costs nothing alone, and is named with it', () => {
    const attributes = { 'db.system': ['redis', 'mysql'], 'db.namespace': ['x'] };
    const { labels } = costsOf(
      { name: 'q', kind: 'client', statuses: ['unset'], attributes },
      { name: 'p', kind: 'server', statuses: ['unset'] },
    );
    expect(labels.map(({ label, together, saves }) => [label, together, saves > 0])).toEqual([
      ['db.system', [], true],
      ['k8s.pod.name', expect.any(Array), false],
    ]);
  });

  test('that follows from the service alone is free, and one that no span has is unused', () => {
    const { freeLabels, unusedDimensions } = costsOf(operation({ statusCodes: ['200'] }));
    expect(freeLabels).toEqual(expect.arrayContaining(['service.version', 'deployment.environment', 'http.method']));
    expect(unusedDimensions).toEqual(expect.arrayContaining(['db.system', 'rpc.grpc.status_code']));
  });

  test('is dropped first where it saves most, and never where a view needs it', () => {
    const { drops, labels } = costsOf(
      operation({ statusCodes: ['200', '404'], attributes: { 'graphql.operation.type': '5' } }),
      operation({ name: 'GET /b', statusCodes: ['500'] }),
    );
    expect(drops.slice(0, 2)).toEqual([
      {
        change: 'remove graphql.operation.type from presets.spanMetrics.extraDimensions',
        saves: 8 * 15,
        costs: undefined,
      },
      {
        change: 'write presets.spanMetrics.errorTracking.enabled: false',
        saves: 5 * 15,
        costs: 'error tracking by status code',
      },
    ]);
    expect(labels.find(({ label }) => label === 'k8s.pod.name')?.neededBy).toBe('Pod & Host');
    expect(drops.some(({ change }) => /pod|span\.name|status\.code/.test(change))).toBe(false);
  });
});
