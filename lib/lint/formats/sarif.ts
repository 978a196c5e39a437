import { createHash } from 'node:crypto';
import { isAbsolute, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Place, Problem } from '../../problems/problem.ts';
import { visibleJson } from '../../text/visible.ts';
import { documentationPage } from '../documentation.ts';
import type { LintFinding } from '../lint-finding.ts';
import type { RuleDescription } from '../rule.ts';
import { hasPath, shownMessage, shownPlace } from './location.ts';
import type { Report } from './report.ts';

/**
 * SARIF 2.1.0, which GitHub code scanning takes. Suppressed findings are left out: it would open alerts for them.
 *
 * @see https://docs.github.com/en/code-security/reference/code-scanning/sarif-files/sarif-support-for-code-scanning
 */
export function sarifFormat({ result: { findings, failures }, rules }: Report): string {
  const prints = fingerprints(findings);
  const run = {
    tool: { driver: { name: 'podhost', rules: rules.map(reportingDescriptor) } },
    columnKind: 'utf16CodeUnits',
    invocations: [
      { executionSuccessful: failures.length === 0, toolExecutionNotifications: failures.map(notification) },
    ],
    results: findings.map((finding, index) => ({
      ...sarifResult(finding),
      ruleIndex: rules.findIndex(({ id }) => id === finding.rule.id),
      partialFingerprints: { primaryLocationLineHash: prints[index] },
    })),
  };
  const log = { $schema: 'https://json.schemastore.org/sarif-2.1.0.json', version: '2.1.0', runs: [run] };
  return `${visibleJson(log)}\n`;
}

function reportingDescriptor(rule: RuleDescription) {
  const { id, severity, documentation } = rule;
  const { summary, why, remediation } = documentation;
  return {
    id,
    name: id,
    shortDescription: { text: summary },
    fullDescription: { text: why },
    help: { text: `${why} ${remediation}`, markdown: documentationPage(rule) },
    defaultConfiguration: { level: severity },
    properties: { tags: ['kubernetes', 'opentelemetry'], 'problem.severity': severity, precision: 'very-high' },
  };
}

function sarifResult(finding: LintFinding) {
  const { rule, level, suggestion } = finding;
  const place = shownPlace(finding);
  const message = shownMessage(finding);
  return {
    ruleId: rule.id,
    level,
    message: { text: suggestion === undefined ? message : `${message}\n${suggestion}` },
    locations: hasPath(place) ? [sarifLocation(place)] : [],
  };
}

const sarifLocation = ({ file, line, column }: Place) => ({
  physicalLocation: {
    artifactLocation: isAbsolute(file) ? { uri: pathToFileURL(file).href } : { uri: relativeUri(file) },
    region: { startLine: line, startColumn: column },
  },
});

/** Half a character has no place in a URI. */
const relativeUri = (file: string): string =>
  file
    .replaceAll(/\p{Cs}/gu, '\ufffd')
    .split(sep)
    .map(encodeURIComponent)
    .join('/');

const notification = ({ code, message, details = [] }: Problem) => ({
  level: 'error',
  message: { text: [message, ...details].join('\n') },
  descriptor: { id: code },
});

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
