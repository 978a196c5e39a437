import { z } from 'zod';
import { templatesSchema } from '../config/schema/instrument.ts';
import { templatePathsOf } from '../kubernetes/pod-template.ts';
import { readSources } from '../model/source/read-sources.ts';
import { messageLines } from '../problems/lines.ts';
import { PodhostError } from '../problems/podhost-error.ts';
import type { Problem } from '../problems/problem.ts';
import { visible, visibleLine } from '../text/visible.ts';
import { shownMessage } from './formats/location.ts';
import { assertKnownRules } from './known-rule.ts';
import type { LintFinding } from './lint-finding.ts';
import { exitStatus } from './lint-result.ts';
import { lintSources } from './lint-sources.ts';
import type { RuleDescription } from './rule.ts';
import { describedRules } from './rules/index.ts';

/** What the plug-in takes of the context that `cdk8s synth` gives it; `cdk8s-cli/plugins` has the whole. */
export interface Cdk8sValidationContext {
  readonly manifests: readonly string[];
  readonly report: {
    addViolation(violation: Cdk8sViolation): void;
    submit(status: 'success' | 'failure', metadata?: Readonly<Record<string, string>>): void;
  };
  readonly logger: { log(message: string): void };
}

interface Cdk8sViolation {
  readonly ruleName: string;
  readonly recommendation: string;
  readonly fix: string;
  readonly violatingResources: readonly {
    readonly resourceName: string;
    readonly locations: readonly string[];
    readonly manifestPath: string;
  }[];
}

const propertiesSchema = z.strictObject({
  /** Severity by rule. */
  rules: z.record(z.string(), z.enum(['error', 'warning', 'off'])).default({}),
  /** Warnings that are accepted. */
  maxWarnings: z.number().int().min(0).optional(),
  /** Namespace of objects that name none. */
  namespace: z.string().optional(),
  /** Namespace of the collector's Helm release. */
  releaseNamespace: z.string().optional(),
  /** Custom kinds that run pods, and where their pod template stands. */
  templates: templatesSchema.default([]),
});

/**
 * Runs the rules inside `cdk8s synth`.
 *
 * @see https://cdk8s.io/docs/latest/cli/synth/#validations
 */
export class PodhostValidation {
  private readonly properties: z.output<typeof propertiesSchema>;

  /** @throws PodhostError when cdk8s.yaml gives it something that it does not know */
  constructor(properties: unknown) {
    this.properties = propertiesOf(properties);
    assertKnownRules(Object.keys(this.properties.rules), describedRules);
  }

  async validate({ manifests, report, logger }: Cdk8sValidationContext): Promise<void> {
    const { rules, maxWarnings, templates, ...names } = this.properties;
    const settings = { rules, maxWarnings };
    const { result, model } = lintSources(readSources(manifests), {
      ...names,
      templatePaths: templatePathsOf(templates),
      templateSetting: (entry) => `properties: { templates: [${entry}] }`,
      settings,
    });
    for (const [rule, findings] of byRule(result.findings)) {
      report.addViolation(violation(rule, findings));
    }
    // What was not read is no violation, and yet no answer.
    for (const line of [...result.failures.flatMap(messageLines), ...model.unread.map(unreadLine)]) {
      logger.log(line);
    }
    report.submit(exitStatus(result, maxWarnings) === 0 ? 'success' : 'failure');
  }
}

function unreadLine({ place, message, suggestion }: Problem): string {
  const where = place === undefined ? '' : `${place.file}:${place.line}:${place.column} `;
  return visibleLine(`${where}${message}${suggestion === undefined ? '' : `; ${suggestion}`}`);
}

function propertiesOf(properties: unknown): z.output<typeof propertiesSchema> {
  const parsed = propertiesSchema.safeParse(properties ?? {});
  if (parsed.success) {
    return parsed.data;
  }
  const details = parsed.error.issues.map(({ path, message }) => `  ${['properties', ...path].join('.')}: ${message}`);
  throw new PodhostError([{ code: 'lint/plugin-properties', message: 'cdk8s.yaml gives what is not known:', details }]);
}

function byRule(findings: readonly LintFinding[]): Map<RuleDescription, LintFinding[]> {
  const grouped = new Map<RuleDescription, LintFinding[]>();
  for (const finding of findings.filter(({ level }) => level !== 'note')) {
    const ofRule = grouped.get(finding.rule) ?? [];
    ofRule.push(finding);
    grouped.set(finding.rule, ofRule);
  }
  return grouped;
}

const violation = (rule: RuleDescription, findings: readonly LintFinding[]): Cdk8sViolation => ({
  ruleName: rule.id,
  recommendation: rule.documentation.summary,
  fix: rule.documentation.remediation,
  violatingResources: findings.map((finding) => ({
    // The name alone, because the command looks up the construct's path by it.
    resourceName: visible(finding.object?.replace(/^.*[ /]/s, '') ?? finding.place.file),
    locations: [locationOf(finding)],
    manifestPath: visible(finding.place.file),
  })),
});

function locationOf(finding: LintFinding): string {
  const { place, suggestion } = finding;
  const where = `${place.line}:${place.column} ${shownMessage(finding)}`;
  return visibleLine(suggestion === undefined ? where : `${where}; ${suggestion}`);
}
