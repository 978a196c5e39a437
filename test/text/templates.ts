/** A template string of a source text. */
export interface Template {
  /** What stands before it, such as `sh`; empty for a plain one. */
  readonly tag: string;
  /** Its text, with `${…}` for each substitution. */
  readonly text: string;
}

/** All template strings of a TypeScript text, those inside substitutions included. */
export function templatesOf(source: string): Template[] {
  const found: Template[] = [];
  const open: { tag: string; text: string; braces: number }[] = [];
  let isCode = true;
  let index = 0;
  const skip = (pattern: RegExp): void => {
    pattern.lastIndex = index;
    index = pattern.exec(source) === null ? index + 1 : pattern.lastIndex;
  };
  while (index < source.length) {
    const character = source.charAt(index);
    const last = open.at(-1);
    if (!isCode && last !== undefined) {
      if (character === '`') {
        found.push({ tag: last.tag, text: last.text });
        open.pop();
        isCode = true;
      } else if (source.startsWith('${', index)) {
        last.text += '${…}';
        isCode = true;
        index += 1;
      } else {
        last.text += character === '\\' ? source.slice(index, index + 2) : character;
        index += character === '\\' ? 1 : 0;
      }
      index += 1;
    } else if (character === '`') {
      open.push({ tag: /\w*$/.exec(source.slice(Math.max(0, index - 20), index))?.[0] ?? '', text: '', braces: 0 });
      isCode = false;
      index += 1;
    } else if (character === '{' || character === '}') {
      if (character === '}' && last?.braces === 0) {
        isCode = false;
      } else if (last !== undefined) {
        last.braces += character === '{' ? 1 : -1;
      }
      index += 1;
    } else if (character === "'" || character === '"') {
      skip(character === "'" ? /'(?:[^'\\\n]|\\.)*'/y : /"(?:[^"\\\n]|\\.)*"/y);
    } else if (source.startsWith('//', index)) {
      skip(/.*/y);
    } else if (source.startsWith('/*', index)) {
      skip(/\/\*[\s\S]*?\*\//y);
    } else if (
      character === '/' &&
      /(^|[(,=:[!&|?{};+>\n])\s*$|\breturn\s*$/.test(source.slice(Math.max(0, index - 20), index))
    ) {
      skip(/\/(?:[^/\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\//y);
    } else {
      index += 1;
    }
  }
  return found;
}
