/** ANSI codes that begin and end a style. `styleText` of node:util is not in every Node 20. */
const codes = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  cyan: [36, 39],
} as const;

export type Style = keyof typeof codes;

/** Text as a terminal shows it in a style. */
export function styled(style: Style, text: string): string {
  const [begin, end] = codes[style];
  return sequence(begin) + text + sequence(end);
}

const sequence = (code: number): string => `\u001b[${code}m`;

/** Any of these codes; a text that is split at it has the codes as every other part. */
export const styleCode = new RegExp(`(\u001b\\[(?:${Object.values(codes).flat().join('|')})m)`);
