import type { Model } from '../model/model.ts';
import { type ReadModelProps, readModel } from '../model/read-model.ts';
import type { SourceText } from '../model/source/read-sources.ts';
import { type Alternative, alternatives } from '../model/values/alternatives.ts';
import type { Problem } from '../problems/problem.ts';
import { joinedResults, type LintResult } from './lint-result.ts';
import type { Rule } from './rule.ts';
import { rules as allRules } from './rules/index.ts';
import { runRules } from './run.ts';
import { defaultSettings, type LintSettings } from './settings.ts';

export interface LintSourcesProps extends ReadModelProps {
  /** @default - every rule, with its own severity */
  readonly settings?: LintSettings;
  /** @default - all that there are */
  readonly rules?: readonly Rule[];
}

/** What was read, what it means, and what is wrong with it. */
export interface LintedSources {
  readonly sources: readonly SourceText[];
  readonly model: Model;
  readonly result: LintResult;
}

/** Reads texts as a system and runs the rules over it. */
export function lintSources(sources: readonly SourceText[], props: LintSourcesProps = {}): LintedSources {
  const model = readModel(sources, props);
  const { settings = defaultSettings, rules = allRules } = props;
  const lint = (each: Model) => runRules(each, { rules, sources, settings });
  const found = alternatives(model);
  const judged = found.slice(0, mostAlternatives(model));
  const whole = withUnjudged(model, found.slice(judged.length));
  // A right installation hides nothing of another one that is there instead of it.
  const others = judged.map(({ isThere }) => lint(model.only(isThere)));
  return { sources, model: whole, result: joinedResults(lint(whole), others, model.files) };
}

/** Every alternative runs all rules over all workloads: of a large system fewer are judged in a few seconds. */
const mostAlternatives = ({ workloads }: Model): number => Math.max(20, Math.floor(10_000 / (workloads.length + 10)));

/** The model that names the installations which no run of the rules has as the ones that are there. */
const withUnjudged = (model: Model, unjudged: readonly Alternative[]): Model =>
  unjudged.length === 0 ? model : { ...model, unread: [...model.unread, ...unjudged.map(unjudgedProblem)] };

const unjudgedProblem = ({ installation: { title, document, root } }: Alternative): Problem => ({
  code: 'lint/unjudged-installation',
  message: `the installation of ${title} is not judged as the one that is there: too many others make workloads of the same names`,
  place: document.place(root),
  suggestion: 'lint it without the others',
});
