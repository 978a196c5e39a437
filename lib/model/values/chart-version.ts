import { basename, dirname, normalize } from 'node:path';
import type { ChartName } from '../../chart/names.ts';
import { type Publisher, publisherOfChart } from '../../chart/publisher.ts';
import { exactVersion, knownVersion } from '../../chart/versions.ts';
import type { SourceDocument } from '../../yaml/source-document.ts';
import { listAt, textAt } from '../../yaml/value.ts';

/** The version of the chart that values are for. */
export interface ChartVersion {
  readonly version: string;
  /** Whether nothing names it, so that it is the one that is known. */
  readonly isAssumed: boolean;
}

/** The version that is named, or else the one that is known. */
export function chartVersionOf(chart: ChartName, named: string | undefined): ChartVersion {
  const version = exactVersion(named);
  return version === undefined ? { version: knownVersion[chart], isAssumed: true } : { version, isAssumed: false };
}

/** The version in the `Chart.yaml` of the chart itself beside a values file, or in a comment at the head of the file. */
export function versionBeside(
  { file, text }: SourceDocument,
  documents: readonly SourceDocument[],
  name: ChartName,
): string | undefined {
  const chart = documents.find((document) => isBeside(document, file, 'Chart.yaml'));
  const [head = ''] = /^(?:[ \t]*(?:#.*)?\n)*/.exec(text) ?? [];
  return textAt(chart?.value, 'name') === name ? textAt(chart?.value, 'version') : /--version[= ](\S+)/.exec(head)?.[1];
}

/** The version of a dependency that is locked in `Chart.lock`, for a range in `Chart.yaml`. */
export function lockedVersion(
  chart: SourceDocument,
  dependency: unknown,
  documents: readonly SourceDocument[],
): string | undefined {
  const lock = documents.find((document) => isBeside(document, chart.file, 'Chart.lock'));
  const entry = listAt(lock?.value, 'dependencies').find(
    (locked) => textAt(locked, 'name') === textAt(dependency, 'name'),
  );
  return exactVersion(textAt(dependency, 'version')) ?? textAt(entry, 'version');
}

/** Whose chart a values file belongs to, by the `Chart.yaml` of the plain chart that stands beside it. */
export function publisherBeside({ file }: SourceDocument, documents: readonly SourceDocument[]): Publisher {
  const chart = documents.find((document) => isBeside(document, file, 'Chart.yaml'));
  return textAt(chart?.value, 'name') === 'opentelemetry-collector' ? publisherOfChart(chart?.value) : 'unknown';
}

const isBeside = (document: SourceDocument, file: string, name: string): boolean =>
  basename(document.file) === name && dirname(normalize(document.file)) === dirname(normalize(file));
