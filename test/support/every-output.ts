import { expect } from 'vitest';
import { printable } from '../../lib/cli/printer.ts';
import { forecastSchema } from '../../lib/config/schema/forecast.ts';
import { explainSender } from '../../lib/explain/explain-service.ts';
import { explanationJson, explanationSchema } from '../../lib/explain/json.ts';
import { renderMermaid } from '../../lib/explain/render-mermaid.ts';
import { explanationText as renderExplanation } from '../../lib/explain/render-text.ts';
import { forecastSystem } from '../../lib/forecast/forecast-system.ts';
import { forecastReportSchema, forecastJson as renderForecastJson } from '../../lib/forecast/json.ts';
import { forecastText as renderForecast } from '../../lib/forecast/render-text.ts';
import { type FormatName, formats } from '../../lib/lint/formats/index.ts';
import { lintResultSchema } from '../../lib/lint/formats/json-schema.ts';
import { lintSources } from '../../lib/lint/lint-sources.ts';
import { inputNotes, textLines } from '../../lib/lint/report-lines.ts';
import type { Model } from '../../lib/model/model.ts';
import { sendersOf } from '../../lib/model/path/sender.ts';
import type { SourceText } from '../../lib/model/source/read-sources.ts';
import { visibleLine } from '../../lib/text/visible.ts';
import { expectHarmless } from './hostile.ts';

const formatNames: readonly FormatName[] = ['text', 'json', 'sarif', 'github', 'junit'];

/** Makes sure that lint reports in every format, and nothing that is obeyed. */
export function expectFindings(sources: readonly SourceText[]): Model {
  const { result, model } = lintSources(sources);
  expect(result.failures).toEqual([]);
  const rules = [...new Set(result.findings.map(({ rule }) => rule))];
  const report = { result, files: model.files, rules, lines: textLines(sources), colour: false };
  for (const format of formatNames) {
    const annotations = format === 'github';
    expectHarmless(printable(formats[format](report), { colour: false, annotations }), { annotations });
  }
  lintResultSchema.parse(JSON.parse(formats.json(report)));
  expectHarmless(inputNotes(model).map(visibleLine).join('\n'));
  return model;
}

/** Makes sure that every command that reads manifests reports in every format, and nothing that is obeyed. */
export function expectEveryOutput(sources: readonly SourceText[]): void {
  const model = expectFindings(sources);
  for (const sender of sendersOf(model)) {
    const explanation = explainSender(model, sender);
    const json = explanationJson(explanation);
    explanationSchema.parse(JSON.parse(json));
    for (const text of [renderExplanation(explanation), json, renderMermaid(explanation)]) {
      expectHarmless(printable(text, { colour: false }));
    }
  }
  const forecast = forecastSystem(model, forecastSchema.parse({}));
  expectHarmless(printable(renderForecast(forecast), { colour: false }));
  const json = renderForecastJson(forecast);
  forecastReportSchema.parse(JSON.parse(json));
  expectHarmless(json);
}
