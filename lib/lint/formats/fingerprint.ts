import { createHash } from 'node:crypto';
import type { LintFinding } from '../lint-finding.ts';
import { shownPlace } from './location.ts';

/**
 * What makes each finding the same one in the next run, in their order: neither line nor column, so that lines above
 * may come and go; the last part numbers those that are alike.
 */
export function fingerprints(findings: readonly LintFinding[]): string[] {
  const seen = new Map<string, number>();
  return findings.map((finding) => {
    const { rule, object, message } = finding;
    const parts = [rule.id, shownPlace(finding).file, object ?? '', message];
    const digest = createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 16);
    const count = (seen.get(digest) ?? 0) + 1;
    seen.set(digest, count);
    return `${digest}:${count}`;
  });
}
