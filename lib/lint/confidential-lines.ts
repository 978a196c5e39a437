import type { LintFinding } from './lint-finding.ts';

/**
 * Hides a line that holds a secret from every finding that stands in it, not only from the finding about the secret.
 *
 * @param others findings that are not reported, but know of secrets as well
 */
export function hideConfidentialLines(
  findings: readonly LintFinding[],
  others: readonly LintFinding[],
): readonly LintFinding[] {
  const hidden = new Set([...findings, ...others].filter(({ confidential }) => confidential).map(lineOf));
  return hidden.size === 0
    ? findings
    : findings.map((finding) => (hidden.has(lineOf(finding)) ? { ...finding, confidential: true } : finding));
}

const lineOf = ({ place }: LintFinding): string => `${place.line} ${place.file}`;
