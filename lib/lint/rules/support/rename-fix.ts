import type { SourceDocument } from '../../../yaml/source-document.ts';
import type { Mapping, Path } from '../../../yaml/value.ts';
import type { RuleFinding } from '../../rule.ts';
import { renameKey } from './values-edit.ts';

/**
 * The fix that gives a key its right name, where nothing else can be meant: it differs in case and separators alone, or
 * is known to be another name for it.
 *
 * @param siblings the mapping that the key stands in
 */
export function renameFix(
  { file }: SourceDocument,
  path: Path,
  name: string,
  siblings: Mapping,
  isKnown = false,
): Pick<RuleFinding, 'fix'> {
  const isSame = bare(String(path.at(-1))) === bare(name);
  return (isSame || isKnown) && !Object.hasOwn(siblings, name)
    ? { fix: { file, apply: (text) => renameKey(text, path, name) } }
    : {};
}

const bare = (name: string): string => name.toLowerCase().replaceAll(/[-_. ]/g, '');
