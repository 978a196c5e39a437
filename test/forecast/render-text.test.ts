import { expect, test } from 'vitest';
import { forecastSchema } from '../../lib/config/schema/forecast.ts';
import type { Forecast } from '../../lib/forecast/forecast.ts';
import { forecastSystem } from '../../lib/forecast/forecast-system.ts';
import { forecastText } from '../../lib/forecast/render-text.ts';
import { readModel } from '../../lib/model/read-model.ts';

const nothing = forecastSystem(readModel([]), forecastSchema.parse({}));
const rendered = (more: Partial<Forecast>) => forecastText({ ...nothing, notes: [], ...more });

test('nothing is one line and why', () => {
  expect(forecastText(nothing)).toBe('0 series of span metrics, 0 a day\n\nNote: nothing that was read sends spans\n');
});

test('a cap that bites says what is lost', () => {
  const cap = {
    setting: 'aggregation_cardinality_limit',
    connector: 'spanmetrics',
    limit: 10,
    reached: 12,
    service: 'api',
  } as const;
  const text = rendered({ series: 144, emittedSeries: 132, caps: [cap] });
  expect(text).toContain('144 series of span metrics, 0 a day: too many');
  expect(text).toContain(
    'Cap: a pod of api has 12 label sets of at most 10 (spanmetrics, aggregation_cardinality_limit) - over it',
  );
  expect(text).toContain('Over it 12 series are lost: their spans are counted in one with otel.metric.overflow=true.');
});

test('the cap of the resources is told where it is the one that bites', () => {
  const cap = {
    setting: 'resource_metrics_cache_size',
    connector: 'spanmetrics',
    limit: 1_000,
    reached: 1_200,
    service: 'api',
  } as const;
  expect(rendered({ caps: [cap] })).toContain('Cap: a collector keeps 1,200 resources of at most 1,000');
});

test.each([
  [1, 'calls'],
  [2, 'calls, one exponential histogram'],
  [3, 'calls, sum, count'],
  [15, 'calls, 12 buckets with +Inf, sum, count'],
])('a label set of %d series is %s', (seriesPerLabelSet, says) => {
  const metric = { connector: 'spanmetrics', names: ['calls_total'], labelSets: 1, seriesPerLabelSet, series: 7 };
  expect(rendered({ metrics: [metric] })).toContain(`calls_total: 1 label set × ${seriesPerLabelSet} (${says}) = 7`);
});

test('series that never expire are kept until the collector is restarted', () => {
  const text = rendered({ churn: { perDeployment: 9, perDay: 18, expiration: undefined } });
  expect(text).toContain(
    'A deployment of every service begins 9 series, since their pods or versions are new: 18 a day.',
  );
  expect(text).toContain('The collector keeps the old ones, and sends them, until it is restarted.');
});
