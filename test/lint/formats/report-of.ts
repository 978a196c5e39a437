import type { Report } from '../../../lib/lint/formats/report.ts';
import type { LintResult } from '../../../lib/lint/lint-result.ts';
import { textLines } from '../../../lib/lint/report-lines.ts';
import { noBadKey, noDefect, requireDomain } from '../support/fake-rules.ts';
import { badConfigMap, linted } from '../support/linted.ts';

/** A run with an error, a warning, a note for two places, a suppressed finding and a rule that failed. */
export const everything = {
  'dist/a.yaml': `${badConfigMap('one')}---\n${badConfigMap('two', { 'podhost.dev/ignore-no-bad-key': 'legacy' })}`,
  'dist/helm/my values, 50%: new.yaml': 'global:\n  clusterName: c\n',
  'dist/x.yaml': "global:\n  domain: '$DOMAIN'\n",
  'dist/y.yaml': "global:\n  domain: '$DOMAIN'\n",
  'dist/fine.yaml': 'apiVersion: v1\nkind: Namespace\nmetadata: { name: shop }\n',
};

/** The report of a run over files by name. */
export function reportOf(files: Readonly<Record<string, string>>, change: Partial<LintResult> = {}): Report {
  const rules = [noBadKey, requireDomain, noDefect];
  const { result, sources } = linted(files, { rules });
  return {
    result: { ...result, ...change },
    files: Object.keys(files),
    rules,
    lines: textLines(sources),
    colour: false,
  };
}
