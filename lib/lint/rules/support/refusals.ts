import type { Refusal } from '../../../chart/refusals.ts';
import type { SchemaProblem } from '../../../chart/schema/validate.ts';
import type { Model } from '../../../model/model.ts';
import { type RefusedValue, refusedValues } from '../../../model/start/refused-values.ts';
import type { SourceDocument } from '../../../yaml/source-document.ts';
import { mappingAt, type Path, valueAt } from '../../../yaml/value.ts';
import type { RuleFinding } from '../../rule.ts';
import { keyMeant, shownValue, valueMeant } from './meant.ts';
import { renameFix } from './values-edit.ts';

/** @param reasons in the words of helm */
const refused = (message: string, ...reasons: readonly string[]): string =>
  `${message}: helm refuses to install the chart (${reasons.join('; ')})`;

/**
 * What the schema refuses, as a finding.
 *
 * @param root where the values of the sub-chart stand
 */
function schemaFinding(problem: SchemaProblem, document: SourceDocument, root: Path): RuleFinding {
  const path = [...root, ...problem.path];
  const title = path.join('.');
  const message = (text: string) => refused(text, ...problem.reasons);
  switch (problem.kind) {
    case 'unknown-key': {
      const parent = path.slice(0, -1);
      const meant = keyMeant(problem.path, problem.known);
      const siblings = mappingAt(document.value, ...parent);
      return {
        message: message(`${parent.join('.')} has no key ${path.at(-1)}`),
        place: document.place(path, 'key'),
        suggestion: meant.suggestion,
        ...(meant.key === undefined ? {} : renameFix(document, path, meant.key, siblings, meant.isCertain)),
      };
    }
    case 'wrong-value':
      return problem.value === null
        ? {
            message: message(`${title} is null, and the chart has no value there that null could remove`),
            place: document.place(path),
            suggestion: `remove ${path.at(-1)}`,
          }
        : {
            message: message(`${title} must be ${problem.expected}${shownValue(problem.value, path)}`),
            place: document.place(path),
            suggestion: valueMeant(problem.value, problem.expected, path),
          };
    case 'missing-key':
      return {
        message: message(`${title} needs ${problem.keys.join(' and ')}`),
        place: document.place(path),
        suggestion: `write: ${problem.keys.map((key) => `${key}: …`).join(', ')}`,
      };
    case 'not-exactly-one':
      return {
        message: message(`${title} needs exactly one of ${problem.keys.join(' and ')}`),
        place: document.place(path),
        suggestion: `keep one of ${problem.keys.join(' and ')}`,
      };
  }
}

/** What stops helm behind the schema, as a finding. */
function templateFinding({ kind, path, reason, suggestion }: Refusal, document: SourceDocument): RuleFinding {
  const title = path.join('.');
  const key = String(path.at(-1));
  const value = valueAt(document.value, ...path);
  const place = document.place(path, value === null ? 'key' : 'value');
  if (kind === 'type') {
    return {
      message: refused(`${title} must be a mapping`, reason),
      place,
      suggestion: `write: ${key}: { enabled: true }`,
    };
  }
  if (value === null) {
    const isPreset = path.length >= 3 && path.at(-2) === 'presets';
    return {
      message: refused(`${title} is null, and the templates of the chart look for what it holds`, reason),
      place,
      suggestion: isPreset ? `write: ${key}: { enabled: false }` : `remove ${key}`,
    };
  }
  if (path[0] === 'global' && value === '') {
    const message = `helm refuses to install the chart where ${title} is not given in another way (${reason})`;
    return { message, place, cannotTell: true };
  }
  const message = `helm refuses to install the chart: ${reason}`;
  return suggestion === undefined ? { message, place } : { message, place, suggestion };
}

/** A value that is refused, as a finding. */
export interface RefusalFinding {
  /** From the top of the values of `otel-integration`, or behind the name of the plain chart. */
  readonly path: Path;
  readonly finding: RuleFinding;
}

/** Everything that is refused of values. */
export const refusalFindings = (model: Model): readonly RefusalFinding[] =>
  refusedValues(model).map((refused) => {
    const { chart, root } = refused.values;
    const top = chart === 'otel-integration' ? [] : [chart];
    return {
      path: [...top, ...refused.path.slice(refused.path[0] === 'global' ? 0 : root.length)],
      finding: findingOf(refused),
    };
  });

function findingOf({ values: { document }, path, by }: RefusedValue): RuleFinding {
  if ('message' in by) {
    return by;
  }
  return by.problem === undefined
    ? templateFinding(by, document)
    : schemaFinding(by.problem, document, path.slice(0, path.length - by.problem.path.length));
}
