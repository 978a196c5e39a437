import { minimal } from '../minimal.ts';

/** One way to get a configuration wrong, and what is to be said about it. */
export interface BrokenConfig {
  readonly title: string;
  /**
   * Texts of the minimal configuration, each standing there once, and what is written instead. `«` marks where the
   * problem is expected and is taken out.
   */
  readonly change: Readonly<Record<string, string>>;
  readonly code: string;
  readonly message: string;
  readonly suggestion: string;
}

/** The changed configuration, and the place of the mark as `line:column`. */
export function changed(change: BrokenConfig['change']): { readonly text: string; readonly places: readonly string[] } {
  const marked = Object.entries(change).reduce((text, [from, to]) => {
    const parts = text.split(from);
    if (parts.length !== 2) {
      throw new Error(`the minimal configuration has ${parts.length - 1} times: ${from}`);
    }
    return parts.join(to);
  }, minimal);
  const pieces = marked.split('«');
  const places = pieces.slice(0, -1).map((_, index) => {
    const lines = pieces
      .slice(0, index + 1)
      .join('')
      .split('\n');
    return `${lines.length}:${(lines.at(-1) ?? '').length + 1}`;
  });
  return { text: pieces.join(''), places };
}
