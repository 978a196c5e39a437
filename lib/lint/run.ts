import { podhost } from '../command-name.ts';
import type { Model } from '../model/model.ts';
import type { SourceText } from '../model/source/read-sources.ts';
import { ownValue } from '../own-value.ts';
import { stackLines } from '../problems/lines.ts';
import type { Problem } from '../problems/problem.ts';
import { maskSecrets } from '../secrets/mask-secrets.ts';
import { runInstruction, sh } from '../text/shell.ts';
import { findingsInOrder, withoutRepeats } from './finding-order.ts';
import type { LintFinding, SuppressedFinding } from './lint-finding.ts';
import type { LintResult } from './lint-result.ts';
import type { Rule, RuleDescription, RuleFinding } from './rule.ts';
import { defaultSettings, type LintSettings } from './settings.ts';
import { Suppressions } from './suppression/suppressions.ts';
import { suppressionFindings, validSuppression } from './suppression/valid-suppression.ts';

export interface RunRulesProps {
  readonly rules: readonly Rule[];
  /**
   * What the model was read from; comments in it suppress findings.
   *
   * @default - comments suppress nothing
   */
  readonly sources?: readonly SourceText[];
  /** @default - every rule, with its own severity */
  readonly settings?: LintSettings;
}

/** Runs rules over a model. One that throws is reported, and the others run all the same. */
export function runRules(model: Model, { rules, sources = [], settings = defaultSettings }: RunRulesProps): LintResult {
  const suppressions = new Suppressions(model.manifests, sources);
  const ruleIds = [...rules.map(({ id }) => id), validSuppression.id];
  const own: Rule = { ...validSuppression, check: () => suppressionFindings(suppressions.all, ruleIds) };
  const findings: LintFinding[] = [];
  const suppressed: SuppressedFinding[] = [];
  const failures: LintResult['failures'][number][] = [];
  // A fix of values edits the first document of one file.
  const composed = new Set(model.values.flatMap(({ files, valuesFiles }) => (valuesFiles.length === 1 ? [] : files)));
  for (const rule of [...rules, own]) {
    const severity = ownValue(settings.rules, rule.id) ?? (rule.isOffByDefault === true ? 'off' : rule.severity);
    if (severity === 'off') {
      continue;
    }
    try {
      for (const found of rule.check(model)) {
        const { fix: edit, ...others } = found;
        const isEditable = edit !== undefined && (found.manifest !== undefined || !composed.has(edit.file));
        const finding = lintFinding(rule, severity, isEditable ? found : others);
        const reason = suppressions.reason(rule.id, found);
        if (reason === undefined) {
          findings.push(finding);
        } else {
          suppressed.push({ finding, reason });
        }
      }
    } catch (error) {
      failures.push(ruleProblem(rule.id, error));
    }
  }
  const distinct = withoutRepeats(findingsInOrder(findings, model.files));
  return {
    findings: hideConfidentialLines(
      distinct,
      suppressed.map(({ finding }) => finding),
    ),
    suppressed,
    failures,
  };
}

/** Rules quote what is written, whatever it is. */
const lintFinding = (rule: RuleDescription, severity: 'error' | 'warning', found: RuleFinding): LintFinding => ({
  rule,
  level: found.cannotTell === true ? 'note' : (found.severity ?? severity),
  message: maskSecrets(found.message),
  place: found.place,
  suggestion:
    found.suggestion === undefined
      ? found.cannotTell === true
        ? undefined
        : rule.documentation.remediation
      : maskSecrets(found.suggestion),
  object: found.manifest === undefined ? undefined : maskSecrets(objectName(found.manifest)),
  confidential: found.confidential === true,
  fix: found.fix,
  repeats: 0,
  renderedFrom: undefined,
});

const objectName = ({ kind, namespace, name }: NonNullable<RuleFinding['manifest']>): string =>
  `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`;

/**
 * Hides a line that holds a secret from every finding that stands in it, not only from the finding about the secret.
 *
 * @param others findings that are not reported, but know of secrets as well
 */
function hideConfidentialLines(
  findings: readonly LintFinding[],
  others: readonly LintFinding[],
): readonly LintFinding[] {
  const hidden = new Set([...findings, ...others].filter(({ confidential }) => confidential).map(lineOf));
  return hidden.size === 0
    ? findings
    : findings.map((finding) => (hidden.has(lineOf(finding)) ? { ...finding, confidential: true } : finding));
}

const lineOf = ({ place }: LintFinding): string => `${place.line} ${place.file}`;

/** The problem of a rule that threw an error. */
function ruleProblem(ruleId: string, error: unknown): Problem {
  const reason = error instanceof Error ? error.message : String(error);
  return {
    code: 'lint/rule-failed',
    message: `rule ${ruleId} failed, the others ran: ${maskSecrets(reason)}`,
    ...(process.env['DEBUG'] ? { details: stackLines(error) } : {}),
    suggestion: `this is a defect in podhost: report it, and until then ${runInstruction(sh`${podhost} lint --rule ${`${ruleId}=off`}`)}`,
  };
}
