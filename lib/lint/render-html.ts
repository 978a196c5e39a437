import { groupBy } from '../group-by.ts';
import { type Html, html } from '../html/element.ts';
import { htmlPage } from '../html/page.ts';
import { headlineBox, type PictureStatus, placeText } from '../html/parts.ts';
import type { Coverage } from '../model/coverage.ts';
import type { Level, LintFinding } from './lint-finding.ts';
import { countsOf, type LintResult } from './lint-result.ts';
import { summary } from './report-lines.ts';

export interface LintHtmlProps {
  readonly result: LintResult;
  /** How many files were read. */
  readonly files: number;
  readonly coverage: Coverage;
  /** Pictures of the paths that were judged. */
  readonly pictures: readonly Html[];
}

const statuses: Readonly<Record<Level, PictureStatus>> = { error: 'broken', warning: 'transition', note: 'unchecked' };

/** The findings as one page that needs no network, by file. */
export function lintHtml({ result, files, coverage, pictures }: LintHtmlProps): string {
  const { errors, warnings } = countsOf(result);
  const isBroken = errors > 0;
  const isOpen = result.failures.length > 0 || warnings > 0;
  const kind = isBroken ? 'broken' : isOpen ? 'not-proven' : 'proven';
  const verdict = isBroken
    ? 'Errors'
    : result.failures.length > 0
      ? 'Incomplete'
      : warnings > 0
        ? 'Warnings'
        : 'No findings';
  const byFile = [...groupBy(result.findings, ({ place }) => place.file)];
  return htmlPage({
    title: `podhost lint: ${verdict}`,
    heading: 'podhost lint',
    body: [
      headlineBox({
        kind,
        verdict,
        lines: [
          html`<p>${summary(result, files, coverage)}</p>\n`,
          ...result.failures.map(({ message }) => html`<p>${message}</p>\n`),
        ],
      }),
      ...(pictures.length === 0 ? [] : [html`<h2>Paths</h2>\n`, ...pictures]),
      ...(byFile.length === 0 ? [] : [html`<h2>Findings</h2>\n`]),
      ...byFile.map(
        ([file, findings]) =>
          html`<details open>\n<summary>${file}: ${findings.length}</summary>\n<ul class="checks">\n${findings.map(findingPart)}</ul>\n</details>\n`,
      ),
      coveragePart(coverage),
    ],
  });
}

const findingPart = ({ level, rule, message, place, suggestion }: LintFinding): Html =>
  html`<li><strong class="${statuses[level]}">${level}</strong> ${message} <code>${rule.id}</code><br>${placeText(place)}${
    suggestion === undefined ? '' : html`<br>To mend it: <code>${suggestion}</code>`
  }</li>
`;

function coveragePart({ workloads, collectors, notUnderstood }: Coverage): Html {
  const names = (list: readonly string[]): string => (list.length === 0 ? 'none' : list.join(', '));
  return html`<h2>Coverage</h2>
<dl>
<dt>workloads judged</dt><dd>${workloads.judged}, ${workloads.configured} of them configured with OTLP</dd>
<dt>not instrumented</dt><dd>${names(workloads.notInstrumented)}</dd>
<dt>collectors understood</dt><dd>${collectors.understood}</dd>
<dt>collectors not understood</dt><dd>${names(collectors.notUnderstood)}</dd>
<dt>not understood</dt><dd>${names(notUnderstood.map(({ kind, names: all }) => `${all.length} ${kind}`))}</dd>
</dl>
`;
}
