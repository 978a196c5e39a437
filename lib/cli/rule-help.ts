import type { z } from 'zod';
import { documentationPage } from '../lint/documentation.ts';
import type { FormatName } from '../lint/formats/index.ts';
import type { ruleListSchema } from '../lint/formats/json-schema.ts';
import { assertKnownRules } from '../lint/known-rule.ts';
import { describedRules } from '../lint/rules/index.ts';
import { visibleJson } from '../text/visible.ts';
import { print } from './printer.ts';

/**
 * Prints a rule's page, which is Markdown.
 *
 * @throws PodhostError when there is no such rule
 */
export function explainRule(id: string): void {
  assertKnownRules([id], describedRules);
  for (const rule of describedRules.filter((candidate) => candidate.id === id)) {
    print(documentationPage(rule));
  }
}

/** Prints every rule with its severity and what it reports. */
export function listRules(format: FormatName): void {
  const rules = describedRules.map(({ id, severity, documentation: { summary } }) => ({ id, severity, summary }));
  const width = Math.max(...rules.map(({ id }) => id.length));
  print(
    format === 'json'
      ? `${visibleJson({ version: 1, rules } satisfies z.input<typeof ruleListSchema>)}\n`
      : rules.map(({ id, severity, summary }) => `${id.padEnd(width)}  ${severity.padEnd(7)}  ${summary}\n`).join(''),
  );
}
