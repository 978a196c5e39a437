import type { SourceDocument } from '../../../yaml/source-document.ts';
import type { Path } from '../../../yaml/value.ts';
import { mappingAt } from '../../../yaml/value.ts';
import type { RuleFinding } from '../../rule.ts';

/** Keys that are null, and with them all that the chart has below them, which its templates look for. */
export const emptied = (
  document: SourceDocument,
  path: Path,
  needed: readonly string[],
  suggestion: (key: string) => string,
): RuleFinding[] =>
  Object.entries(mappingAt(document.value, ...path))
    .filter(([key, value]) => value === null && needed.includes(key))
    .map(([key]) => ({
      message: `${[...path, key].join('.')} is null: the templates of the chart fail without what it holds`,
      place: document.place([...path, key], 'key'),
      suggestion: suggestion(key),
    }));
