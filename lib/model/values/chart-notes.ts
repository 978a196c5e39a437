import { firstKnownVersion, knowledgeOf, knownVersion } from '../../chart/versions.ts';
import type { Problem } from '../../problems/problem.ts';
import { operand, sh } from '../../text/shell.ts';
import type { ValuesDocument } from './values-document.ts';

/** What is not known of values of a plain chart, because only the chart of Coralogix is. */
export function unknownChart({
  chart,
  publisher,
  title,
  document,
  root,
  valuesFiles,
  renderedBy,
}: ValuesDocument): Problem[] {
  if (chart !== 'opentelemetry-collector' || publisher === 'coralogix' || renderedBy.kind === 'helm') {
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

/** What is not known of values because of the version of their chart. */
export function unknownVersion(values: ValuesDocument): Problem[] {
  const { chart, publisher, title, document, root, version, valuesFiles, renderedBy } = values;
  const knowledge =
    publisher === 'coralogix' && renderedBy.kind === 'model' ? knowledgeOf(chart, version.version) : 'known';
  if (knowledge === 'known') {
    return [];
  }
  const files = valuesFiles.flatMap((file) => [sh`--values`, operand(file)]);
  const suggestion =
    files.length === 0
      ? 'render the chart with helm template, and name the result'
      : String(sh`helm template RELEASE coralogix/${chart} --version ${version.version} ${files} | podhost lint -`);
  const what = `${chart} ${version.version}`;
  return [
    {
      code: 'read/chart',
      message:
        knowledge === 'older'
          ? `the collectors of ${title} are not judged: ${what} makes other pipelines than ${firstKnownVersion[chart]} to ${knownVersion[chart]}, which are known`
          : `${title} is judged as values of ${chart} ${knownVersion[chart]}, and ${what} may differ from it`,
      place: document.place(root),
      suggestion,
    },
  ];
}

/** One line for each chart whose version nothing names. */
export function assumedVersions(values: readonly ValuesDocument[]): string[] {
  const charts = values
    .filter(({ version, publisher }) => version.isAssumed && publisher !== 'opentelemetry')
    .map(({ chart, version }) => `${chart} ${version.version}`);
  return [...new Set(charts)].map((chart) => `${chart} is assumed: nothing names its version; --chart-version does`);
}

/** One line for each chart and version: whether helm has rendered it, or the built-in model of the chart decides. */
export function renderingNotes(values: readonly ValuesDocument[]): string[] {
  const lines = values.flatMap(({ chart, version, publisher, renderedBy }) => {
    if (renderedBy.kind === 'helm') {
      const { helm, location } = renderedBy.chart;
      const other =
        renderedBy.otherVersion === undefined ? '' : `, though the values are for ${renderedBy.otherVersion}`;
      return [`${chart} ${version.version} is rendered by helm ${helm}, from ${location}${other}`];
    }
    const { reason } = renderedBy;
    // Of the chart of OpenTelemetry no version is known that could be assumed.
    const named = publisher === 'opentelemetry' && version.isAssumed ? chart : `${chart} ${version.version}`;
    const isKnown = publisher !== 'opentelemetry' && knowledgeOf(chart, version.version) !== 'older';
    const how = isKnown ? 'is read by the built-in model, not by helm' : 'is not rendered';
    return reason === undefined ? [] : [`${named} ${how}: ${reason}`];
  });
  return [...new Set(lines)];
}
