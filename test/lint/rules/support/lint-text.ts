import { expect } from 'vitest';
import type { Rule, RuleFinding } from '../../../../lib/lint/rule.ts';
import type { Model } from '../../../../lib/model/model.ts';
import { type ReadModelProps, readModel } from '../../../../lib/model/read-model.ts';

/** Texts of files by their names, or the text of one file. */
export type Files = string | Readonly<Record<string, string>>;

export const modelOf = (files: Files, props?: ReadModelProps): Model =>
  readModel(
    Object.entries(typeof files === 'string' ? { 'app.yaml': files } : files).map(([file, text]) => ({ file, text })),
    props,
  );

export const lintText = (rule: Rule, files: Files, props?: ReadModelProps): RuleFinding[] =>
  rule.check(modelOf(files, props));

/** What a finding says, without the object that it is about. */
export interface Reported {
  /** `file:line:column`. */
  readonly at: string;
  readonly message: string;
  readonly suggestion?: string;
  readonly cannotTell?: true;
}

export const reported = (findings: readonly RuleFinding[]): Reported[] =>
  findings.map(({ place: { file, line, column }, message, suggestion, cannotTell }) => ({
    at: `${file}:${line}:${column}`,
    message,
    ...(suggestion === undefined ? {} : { suggestion }),
    ...(cannotTell === true ? { cannotTell } : {}),
  }));

/** What a rule reports of files. */
export const report = (rule: Rule, files: Files, props?: ReadModelProps): Reported[] =>
  reported(lintText(rule, files, props));

/** The objects that findings are about, whose annotations may suppress them. */
export const objectsOf = (rule: Rule, files: Files, props?: ReadModelProps): (string | undefined)[] =>
  lintText(rule, files, props).map(({ manifest }) => manifest?.title);

/** The text with the fixes of all findings, after which the rule must find nothing. */
export function fixed(rule: Rule, text: string): string {
  const after = lintText(rule, text).reduce((edited, { fix }) => fix?.apply(edited) ?? edited, text);
  expect(lintText(rule, after)).toEqual([]);
  return after;
}

/** `line:column` of a text in a file, for the place that a finding must have. */
export function placeOf(text: string, part: string): string {
  const before = text.slice(0, text.indexOf(part)).split('\n');
  return `${before.length}:${(before.at(-1) ?? '').length + 1}`;
}
