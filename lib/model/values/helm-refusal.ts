import type { Refusal } from '../../chart/refusals.ts';
import { type Path, valueAt } from '../../yaml/value.ts';

/**
 * Why helm refuses values, in its own words. What the built-in model of the chart knows of the same refusal, such as
 * the place and the text to write instead, is kept.
 *
 * @param reason what helm wrote to standard error
 * @param builtIn refusals that the built-in model expects
 * @param values the document of the values
 * @param root where the values of the chart begin
 */
export function helmRefusals(reason: string, builtIn: readonly Refusal[], values: unknown, root: Path): Refusal[] {
  const kind = kindOf(reason);
  const expected = builtIn.filter((refusal) => refusal.kind === kind);
  if (kind === 'schema') {
    return expected.length > 0 ? expected : schemaRefusals(reason, values, root);
  }
  const words = essenceOf(reason);
  const same = expected.find((refusal) => words.includes(withoutExpression(refusal.reason)));
  if (same !== undefined) {
    // What stops helm first is what it reports, and what the model expects to stop it next stays.
    return [{ ...same, reason: words }, ...expected.filter((refusal) => refusal !== same)];
  }
  return [{ kind, reason: words, path: written(pathIn(reason, root), values, root) }];
}

function kindOf(reason: string): Refusal['kind'] {
  if (reason.startsWith("values don't meet")) {
    return 'schema';
  }
  if (reason.startsWith('type mismatch on')) {
    return 'type';
  }
  return /^(?:YAML parse error|error converting YAML|unable to parse YAML)/.test(reason) ? 'yaml' : 'template';
}

/** A template that includes others reports the whole chain; the last link is what failed. */
function essenceOf(reason: string): string {
  const [, own] = /execution error at \([^)]*\): ([\s\S]*)$/.exec(reason) ?? [];
  const start = reason.lastIndexOf(' at <');
  return (own ?? (start < 0 ? reason : reason.slice(start + 1))).trim();
}

const withoutExpression = (reason: string): string => reason.replace(/^at <[^>]*>: /, '');

/** The values that the failing expression of a template reads. */
function pathIn(reason: string, root: Path): Path {
  const [, expression = ''] = /at <(?:[^<>]*\s)?\$?\.Values\.([\w.-]+)[^<>]*>(?!.*at <)/s.exec(reason) ?? [];
  // Sub-charts share what their templates define, so that only the first name is that of the one that fails.
  const [, alias] = /charts\/([\w-]+)\/templates/.exec(reason) ?? [];
  const keys = expression.split('.').filter((key) => key !== '');
  return [...root, ...(alias === undefined ? [] : [alias]), ...keys];
}

/**
 * The lines of a schema's refusal, as helm 3.17 (`- a.b: reason`) and later ones (`- at '/a/b': reason`) write them,
 * below the name of the sub-chart.
 */
function schemaRefusals(reason: string, values: unknown, root: Path): Refusal[] {
  let chart: string[] = [];
  return reason.split('\n').flatMap((line): Refusal[] => {
    const [, name] = /^([\w-]+):$/.exec(line) ?? [];
    if (name !== undefined) {
      chart = [name];
      return [];
    }
    const [, pointer, dotted, text] = /^\s*- (?:at '([^']*)'|([^:]+)): (.*)$/.exec(line) ?? [];
    if (text === undefined) {
      return [];
    }
    const keys = pointer?.split('/').slice(1) ?? dotted?.split('.').filter((key) => key !== '(root)') ?? [];
    const [, extra] = /^additional propert(?:y|ies) '?([\w-]+)'?/i.exec(text) ?? [];
    const inChart = [...root, ...chart, ...keys, ...(extra === undefined ? [] : [extra])];
    const path =
      valueAt(values, ...root, ...chart) === undefined
        ? [...root, ...keys, ...(extra === undefined ? [] : [extra])]
        : inChart;
    return [{ kind: 'template', reason: line.trim().replace(/^- /, ''), path: written(path, values, root) }];
  });
}

/** As much of a path as there is in the values. */
function written(path: Path, values: unknown, root: Path): Path {
  const missing = path.findIndex((_, index) => valueAt(values, ...path.slice(0, index + 1)) === undefined);
  const there = missing < 0 ? path : path.slice(0, missing);
  return there.length < root.length ? root : there;
}
