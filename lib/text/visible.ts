/**
 * What a terminal obeys, reorders or does not show: control characters, halves of surrogate pairs, separators of lines
 * and paragraphs, noncharacters, and all that Unicode lets a reader ignore, such as directional marks, zero-width
 * characters and tags.
 */
const unseen = String.raw`\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}\p{Default_Ignorable_Code_Point}\ufff9-\ufffb`;

/**
 * The last # of `##[…]`, `##vso[…]` or `##teamcity[…]`, which a CI runner takes for a command anywhere in a line.
 *
 * @see https://github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs
 * @see https://learn.microsoft.com/azure/devops/pipelines/scripts/logging-commands
 */
const runnerCommand = String.raw`(?<=#)#(?=[A-Za-z]*\[)`;

/** A pattern that is compiled when it is used first: most runs print nothing that needs it. */
export function lazyPattern(source: string, flags: string): () => RegExp {
  let pattern: RegExp | undefined;
  return () => {
    pattern ??= new RegExp(source, flags);
    return pattern;
  };
}

/** Source of a pattern of each character that a terminal or a CI runner does more with than to show it. */
export const hostileSource = `[${unseen}]|${runnerCommand}`;

/** Each such character. */
export const hostileCharacters = lazyPattern(hostileSource, 'gu');

const hostileOrBackslashes = lazyPattern(`\\\\+|${hostileSource}`, 'gu');

/** What makes the backslash before it look like the beginning of an escape. */
const afterBackslash = lazyPattern(String.raw`[nrt]|u[0-9a-f]{4}|u\{[0-9a-f]{1,6}\}|[${unseen}]`, 'uy');

/** A line of ASCII and bars in which nothing is hostile, as most lines are. */
const isPlainLine = (line: string): boolean => /^(?!\s*::)(?:[ !"$-~\u2580-\u259f]|#(?!#))*$/.test(line);

/** ASCII in which nothing is hostile and nothing an escape. */
const plainValue = /^[ !"$-[\]-~]*$/;

/** GitHub's runner takes a line for a command when this is what it begins with. */
const lineCommand = /^(\s*):(?=:)/;

const shortEscapes: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/**
 * A value that was read, as a part of a line: what a terminal or a CI runner would obey is an escape, e.g. `\u001b`.
 * Distinct values stay distinct, so that a backslash which would read as an escape is doubled.
 */
export const visible = (value: string): string => (plainValue.test(value) ? value : escaped(value));

const escaped = (value: string): string =>
  value.replace(hostileOrBackslashes(), (found: string, offset: number) => {
    if (!found.startsWith('\\')) {
      return escapeOf(found);
    }
    const pattern = afterBackslash();
    pattern.lastIndex = offset + found.length;
    return pattern.test(value) ? found + found : found;
  });

/**
 * A line that holds text of others. Its backslashes stay, because it may be a line of a file, text to paste, or hold
 * values that are visible already; line breaks are escapes like any other control character.
 */
export const visibleLine = (line: string): string =>
  isPlainLine(line) ? line : line.replace(hostileCharacters(), escapeOf).replace(lineCommand, '$1\\u003a');

/** Indented JSON, in which the same characters are escapes of JSON, so that programs read the value as it is. */
export const visibleJson = (value: object): string =>
  JSON.stringify(value, null, 2).replace(hostileCharacters(), (found) => (found === '\n' ? found : jsonEscape(found)));

function escapeOf(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return shortEscapes[character] ?? (code > 0xffff ? `\\u{${code.toString(16)}}` : jsonEscape(character));
}

const jsonEscape = (character: string): string =>
  character
    .split('')
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('');
