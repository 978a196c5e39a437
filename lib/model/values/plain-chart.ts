import { basename, dirname, normalize } from 'node:path';
import { type Publisher, publisherOfChart } from '../../chart/publisher.ts';
import type { Problem } from '../../problems/problem.ts';
import { operand, sh } from '../../text/shell.ts';
import type { SourceDocument } from '../../yaml/source-document.ts';
import { textAt } from '../../yaml/value.ts';
import type { ValuesDocument } from './values-document.ts';

/** Whose chart a values file belongs to, by the `Chart.yaml` of the plain chart that stands beside it. */
export function publisherBeside({ file }: SourceDocument, documents: readonly SourceDocument[]): Publisher {
  const folder = dirname(normalize(file));
  const chart = documents.find(
    (document) =>
      basename(document.file) === 'Chart.yaml' &&
      dirname(normalize(document.file)) === folder &&
      textAt(document.value, 'name') === 'opentelemetry-collector',
  );
  return chart === undefined ? 'unknown' : publisherOfChart(chart.value);
}

/** What is not known of values of a plain chart, because only the chart of Coralogix is. */
export function unknownChart({ chart, publisher, title, document, root, valuesFiles }: ValuesDocument): Problem[] {
  if (chart !== 'opentelemetry-collector' || publisher === 'coralogix') {
    return [];
  }
  const files = valuesFiles.flatMap((file) => [sh`--values`, operand(file)]);
  const render =
    files.length === 0
      ? 'render the chart with helm template, and name the result'
      : String(sh`helm template RELEASE open-telemetry/opentelemetry-collector ${files} | podhost lint -`);
  return [
    publisher === 'opentelemetry'
      ? {
          code: 'read/chart',
          message: `the collector of ${title} is not judged: its chart opentelemetry-collector is the one of OpenTelemetry, whose templates are not known`,
          place: document.place(root),
          suggestion: render,
        }
      : {
          code: 'read/chart',
          message: `${title} is read as values of the chart opentelemetry-collector of Coralogix, and nothing in it tells that chart from the one of OpenTelemetry`,
          place: document.place(root),
          suggestion: 'name the Chart.yaml of the chart, too, or render it with helm template and name the result',
        },
  ];
}
