import { describe, expect, test } from 'vitest';
import { dimensionProblems } from '../../lib/chart/dimension-problems.ts';
import { effectiveDimensions } from '../../lib/chart/effective-dimensions.ts';

const problems = (extraDimensions: readonly string[], more: object = {}) =>
  dimensionProblems(
    effectiveDimensions({
      'opentelemetry-agent': {
        presets: { spanMetrics: { extraDimensions: extraDimensions.map((name) => ({ name })), ...more } },
      },
    }),
  );

describe('the problems of a list of dimensions', () => {
  test("are none for the chart's own, although its status_code and status.code become one label", () => {
    expect(dimensionProblems(effectiveDimensions({}))).toEqual([]);
  });

  test('name the switch that appends service.version again', () => {
    expect(problems(['service.version'])).toMatchInlineSnapshot(`
      [
        {
          "code": "collector/duplicate-dimension",
          "message": "dimension service.version is there twice, from presets.spanMetrics.extraDimensions and from presets.spanMetrics.serviceVersion: the agent does not start",
          "suggestion": "set presets.spanMetrics.serviceVersion.enabled: false",
        },
      ]
    `);
    expect(problems(['service.version'], { serviceVersion: { enabled: false } })).toEqual([]);
  });

  test('say what to remove when error tracking appends it', () => {
    expect(problems(['http.response.status_code']).map(({ suggestion }) => suggestion)).toEqual([
      'remove http.response.status_code from presets.spanMetrics.extraDimensions: the chart appends it',
    ]);
  });

  test.each(['a', 'status_code'])('name %s when the list has it twice', (name) => {
    expect(problems([name, name]).map(({ code }) => code)).toEqual(['collector/duplicate-dimension']);
  });

  test('name a dimension that every series has anyway', () => {
    expect(problems(['service.name', 'span_kind'])).toMatchInlineSnapshot(`
      [
        {
          "code": "collector/reserved-dimension",
          "message": "the collector sets service.name on every series itself and refuses it as a dimension: the agent does not start",
          "suggestion": "remove service.name from presets.spanMetrics.extraDimensions",
        },
        {
          "code": "collector/reserved-dimension",
          "message": "dimension span_kind becomes the same label as span.kind, which every series has",
          "suggestion": "remove span_kind from presets.spanMetrics.extraDimensions",
        },
      ]
    `);
  });

  test('name both of two dimensions that become one label', () => {
    expect(problems(['http.method', 'http_method', 'service_version'])).toMatchInlineSnapshot(`
      [
        {
          "code": "collector/folded-dimension",
          "message": "dimensions http.method and http_method become the same label in the metrics store",
          "suggestion": "keep one of them: presets.spanMetrics.extraDimensions has http.method, presets.spanMetrics.extraDimensions has http_method",
        },
        {
          "code": "collector/folded-dimension",
          "message": "dimensions service_version and service.version become the same label in the metrics store",
          "suggestion": "keep one of them: presets.spanMetrics.extraDimensions has service_version, presets.spanMetrics.serviceVersion has service.version",
        },
      ]
    `);
  });
});
