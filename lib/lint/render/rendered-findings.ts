import type { SourceText } from '../../model/source/read-sources.ts';
import { withoutRepeats } from '../finding-order.ts';
import type { LintFinding } from '../lint-finding.ts';
import type { LintResult } from '../lint-result.ts';
import { type LintedSources, type LintSourcesProps, lintSources } from '../lint-sources.ts';

/** The manifests that a chart becomes with one values file. */
export interface RenderedChart {
  readonly valuesFile: string;
  readonly text: string;
}

/** What is wrong with them, and the text in which it stands. */
export interface RenderedFindings extends Pick<LintResult, 'findings' | 'failures'> {
  readonly source: SourceText;
}

/** Name of the rendered manifests where a place names them. */
export const renderedName = (valuesFile: string): string => `${valuesFile} (rendered)`;

/**
 * Lints a system once more with the rendered manifests in the place of all values files.
 *
 * @returns what this finds and the first run did not
 */
export function renderedFindings(
  { sources, model, result }: LintedSources,
  { valuesFile, text }: RenderedChart,
  props: LintSourcesProps,
): RenderedFindings {
  const valuesFiles = model.values.flatMap((values) => values.valuesFiles);
  const source = { file: renderedName(valuesFile), text };
  const others = sources.filter(({ file }) => !valuesFiles.includes(file));
  const rendered = lintSources([...others, source], { ...props, valuesFiles: [] }).result;
  const known = new Set(result.findings.map(identity));
  const found = rendered.findings.filter((finding) => !known.has(identity(finding)));
  const named = found.map((finding) =>
    finding.place.file === source.file ? { ...finding, renderedFrom: valuesFile } : finding,
  );
  return { source, findings: withoutRepeats(named), failures: rendered.failures };
}

/** A rule reports one thing at one place, though its message may differ when it knows more. */
const identity = ({ rule, level, message, place }: LintFinding): string =>
  JSON.stringify([rule.id, ...(level === 'note' ? [message] : [place.file, place.line, place.column])]);
