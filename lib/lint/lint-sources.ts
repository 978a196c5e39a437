import type { Model } from '../model/model.ts';
import { type ReadModelProps, readModel } from '../model/read-model.ts';
import type { SourceText } from '../model/source/read-sources.ts';
import { alternatives } from '../model/values/alternatives.ts';
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
  // A right installation hides nothing of another one that is there instead of it.
  const others = alternatives(model)
    .slice(0, maximumAlternatives)
    .map((isInstalled) => lint(model.only(isInstalled)));
  return { sources, model, result: joinedResults(lint(model), others, model.files) };
}

/** More environments than a folder has. */
const maximumAlternatives = 20;
