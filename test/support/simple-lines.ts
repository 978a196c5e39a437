import fc from 'fast-check';

/** What lines of YAML are made of, and what is rare in them. */
const pieces = [
  ...['a:', 'b:', 'name:', 'c.d/e-f:', '- ', '-', '  ', ' ', '\n', '\n', '\n  ', '\n    ', '\n- ', '\n  - ', ': '],
  ...['a', 'b c', '1', '"a b"', "'a'", "''", 'x:1', 'é', '\u{1f600}', '# c', ' # c', '#', '&a', '&b ', '*a', '*b'],
  ...['[', ']', '{', '}', ', ', ',', '[a, b]', '{ a: b }', '{a: 1, b: [c]}', '[]', '{}', '---', '...', '?', '|', '>'],
  ...['!', '%', '@', '`', '=', '<<: ', '~', 'null', '\\', '"', "'", '$', '(', ')', '-1', '+', '^', ';', '\t', '\r'],
];

const piece = fc.constantFrom(...pieces);

const often = (usual: readonly string[], unusual: readonly string[]) =>
  fc.oneof({ weight: 12, arbitrary: fc.constantFrom(...usual) }, { weight: 1, arbitrary: fc.constantFrom(...unusual) });

/** A line such as configurations have, now and then with something in it that they have not. */
const line = fc
  .tuple(
    often(['', '', '  ', '    '], [' ', '   ', '\t']),
    often(['', '', '', '- '], ['-', '-   ', '- - ', '? ', ': ']),
    often(
      [...'abcdefghijklmnopqrstuvwxyz'].map((letter) => `${letter}:`),
      ['', 'd.e/f-g:', '1:', '_:', 'on:', '"q":', 'x y:', '<<:', '-a:'],
    ),
    often([' '], ['', '  ']),
    fc.oneof(
      {
        weight: 8,
        arbitrary: often(
          ['', 'a', 'b c', '1', '"a b"', "'a'", '[a, b]', '{ a: b }', '&x', '&x v', '*x', '&x [a]'],
          ['|', 'a:', '"', '[', '*y'],
        ),
      },
      { weight: 1, arbitrary: fc.array(piece, { maxLength: 4 }).map((parts) => parts.join('')) },
    ),
    often([''], [' ', ' # c', '# c', ' #', '\n', '\n    # c']),
  )
  .map((parts) => parts.join(''));

/** Texts of which some are YAML that is written simply. */
export const randomLines = fc.array(line, { maxLength: 6 }).map((lines) => lines.join('\n'));

/** Texts of which few are YAML at all. */
export const randomPieces = fc.array(piece, { maxLength: 24 }).map((parts) => parts.join(''));
