import fc from 'fast-check';
import { expect, test } from 'vitest';
import { forecastSchema } from '../../lib/config/schema/forecast.ts';
import { explainSender } from '../../lib/explain/explain-service.ts';
import { explanationJson } from '../../lib/explain/json.ts';
import { renderMermaid } from '../../lib/explain/render-mermaid.ts';
import { explanationText as renderExplanation } from '../../lib/explain/render-text.ts';
import { forecastSystem } from '../../lib/forecast/forecast-system.ts';
import { forecastText as renderForecast } from '../../lib/forecast/render-text.ts';
import { lintSources } from '../../lib/lint/lint-sources.ts';
import { sendersOf } from '../../lib/model/path/sender.ts';
import type { SourceText } from '../../lib/model/source/read-sources.ts';
import { type Mutation, mutatedSystem, mutation, places, wrongValues } from './support/mutated-system.ts';

/** What a program prints that has not looked at the type of what it prints; helm itself prints `float64=NaN`. */
const strange = /\bundefined\b|\[object \w+\]|(?<!float64=)\bNaN\b|native code/;

const traffic = forecastSchema.parse({ budget: '100' });

/** Lint, explain and forecast answer, in words and with places, whatever stands in the files. */
function expectAnswers(files: readonly SourceText[]): void {
  const { result, model } = lintSources(files, { forecast: traffic });
  expect(result.failures).toEqual([]);
  const lines = new Map(files.map(({ file, text }) => [file, text.split('\n').length]));
  for (const { message, suggestion, place } of [...result.findings, ...model.problems]) {
    expect(`${message} ${suggestion ?? ''}`).not.toMatch(strange);
    expect(place?.line).toBeGreaterThan(0);
    expect(place?.line).toBeLessThanOrEqual(lines.get(place?.file ?? '') ?? 0);
    expect(place?.column).toBeGreaterThan(0);
  }
  for (const sender of sendersOf(model)) {
    const explanation = explainSender(model, sender);
    for (const render of [renderExplanation, renderMermaid, explanationJson]) {
      expect(render(explanation)).not.toMatch(strange);
    }
  }
  const forecast = forecastSystem(model, traffic);
  expect(`${renderForecast(forecast)}${JSON.stringify(forecast)}`).not.toMatch(strange);
}

const answersTo = (...mutations: readonly Mutation[]): void => expectAnswers(mutatedSystem(mutations));

test('the system that the others are made of is understood', () => {
  const files = mutatedSystem([]);
  expectAnswers(files);
  const { model } = lintSources(files);
  expect([model.problems, model.unknown]).toEqual([[], []]);
  expect(model.collectors.length).toBeGreaterThan(3);
  expect(sendersOf(model).map(({ service }) => service)).toEqual(expect.arrayContaining(['api', 'report']));
});

test('every value may be of another type, a quarter of them in each run', () => {
  const [offset = 0] = fc.sample(fc.nat(), 1);
  for (const [index, place] of places.entries()) {
    if (index % 4 === offset % 4) {
      answersTo({ ...place, by: wrongValues[(index + offset) % wrongValues.length] });
    }
  }
}, 240_000);

test('any two values may be of another type', () => {
  fc.assert(
    fc.property(mutation, mutation, (one, other) => answersTo(one, other)),
    { numRuns: 150 },
  );
}, 240_000);
