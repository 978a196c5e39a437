import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { printable } from '../../lib/cli/printer.ts';
import { forecastSchema } from '../../lib/config/schema/forecast.ts';
import type { Explanation } from '../../lib/explain/explanation.ts';
import { explanationJson } from '../../lib/explain/json.ts';
import { renderMermaid } from '../../lib/explain/render-mermaid.ts';
import { explanationText as renderExplanation } from '../../lib/explain/render-text.ts';
import type { Forecast } from '../../lib/forecast/forecast.ts';
import { forecastSystem } from '../../lib/forecast/forecast-system.ts';
import { forecastText as renderForecast } from '../../lib/forecast/render-text.ts';
import { causes } from '../../lib/model/path/hop.ts';
import { readModel } from '../../lib/model/read-model.ts';
import { displayWidth } from '../../lib/text/display-width.ts';
import { expectHarmless, hostileNames as text } from '../support/hostile.ts';
import { place, runs } from './arbitraries.ts';

const reason = fc.record({ message: text, place }, { requiredKeys: ['message'] });
const outcome = fc.oneof(
  fc.record({ status: fc.constantFrom('ok' as const, 'unknown' as const) }),
  fc.record({ status: fc.constant('broken' as const), cause: fc.constantFrom(...causes) }),
);
const step = fc.record(
  { name: text, message: text, reasons: fc.array(reason, { maxLength: 2 }), place },
  { requiredKeys: ['name', 'message', 'reasons'] },
);
const hop = fc.tuple(step, outcome).map(([each, judged]) => ({ ...each, ...judged }));
const label = fc.record(
  { name: text, attributes: fc.array(text, { maxLength: 2 }), value: text, from: text },
  { requiredKeys: ['name', 'attributes', 'from'] },
);

const series = {
  calls: text,
  duration: fc.option(text, { nil: undefined }),
  buckets: fc.array(text, { maxLength: 2 }),
  labels: fc.array(label, { minLength: 1, maxLength: 3 }),
};

const explanation: fc.Arbitrary<Explanation> = fc.record({
  service: text,
  workload: text,
  namespace: text,
  container: text,
  hops: fc.array(hop, { minLength: 1, maxLength: 4 }),
  series: fc.option(
    fc.record({
      ...series,
      others: fc.array(fc.record({ ...series, filters: fc.array(text, { maxLength: 2 }) }), { maxLength: 2 }),
    }),
    { nil: undefined },
  ),
  application: fc.option(text, { nil: undefined }),
  subsystem: fc.option(text, { nil: undefined }),
});

describe('an explanation', () => {
  test('as text and JSON is harmless', () => {
    fc.assert(
      fc.property(explanation, (each) => {
        expectHarmless(printable(renderExplanation(each), { colour: false }));
        expectHarmless(explanationJson(each));
      }),
      runs,
    );
  });

  test('as a diagram has a line for each hop, and labels without anything but text', () => {
    fc.assert(
      fc.property(explanation, (each) => {
        const diagram = renderMermaid(each);
        expectHarmless(diagram);
        expect(printable(diagram, { colour: false })).toBe(diagram);
        const lines = diagram.split('\n');
        expect(lines).toHaveLength(2 * each.hops.length + 8);
        const labels = lines
          .slice(2, 3 + each.hops.length)
          .map((line) => /^ {2}\w+\(?\["([^"]*)"\]\)?:::\w+$/.exec(line)?.[1]);
        for (const shown of labels) {
          expect(shown?.replaceAll('<br/>', '').replaceAll(/#(?:\d+|quot);/g, '')).toMatch(/^[^<>"`#%{}[\]|\\]*$/);
        }
      }),
      runs,
    );
  });
});

const nothing = forecastSystem(readModel([]), forecastSchema.parse({}));
const number = fc.nat(10_000_000);
const service = fc.record({
  service: text,
  workload: text,
  basis: fc.constantFrom('sample' as const, 'assumed' as const),
  pods: number,
  operations: number,
  kinds: number,
  statuses: number,
  dimensionValues: number,
  labelSets: number,
  series: number,
  seriesPerDay: number,
});
const cost = fc.record({
  label: text,
  together: fc.array(text, { maxLength: 4 }),
  factor: fc.integer({ min: 1, max: 9 }),
  saves: number,
  neededBy: fc.option(text, { nil: undefined }),
});
const names = fc.array(text, { maxLength: 2 });

const forecast: fc.Arbitrary<Forecast> = fc
  .record({
    series: number,
    services: fc.array(service, { minLength: 1, maxLength: 3 }),
    metrics: fc.array(
      fc.record({ connector: text, names, labelSets: number, seriesPerLabelSet: number, series: number }),
      { maxLength: 1 },
    ),
    labels: fc.array(cost, { maxLength: 2 }),
    freeLabels: names,
    unusedDimensions: names,
    drops: fc.array(fc.record({ change: text, saves: number, costs: fc.option(text, { nil: undefined }) }), {
      maxLength: 2,
    }),
    churn: fc.record({ perDeployment: number, perDay: number, expiration: fc.option(text, { nil: undefined }) }),
    notes: names,
  })
  .map((parts) => ({ ...nothing, ...parts }));

describe('a forecast', () => {
  test('is harmless, with a line for each service, and columns below each other', () => {
    fc.assert(
      fc.property(forecast, (each) => {
        const printed = printable(renderForecast(each), { colour: false });
        expectHarmless(printed);
        const [, ...rows] = printed.split('\n\n')[1]?.split('\n') ?? [];
        expect(rows).toHaveLength(each.services.length);
        expect(new Set(rows.map((row) => displayWidth(row.slice(0, row.lastIndexOf(' %')))))).toHaveProperty('size', 1);
      }),
      runs,
    );
  });
});
