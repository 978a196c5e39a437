import fc from 'fast-check';

const words = [
  'no y N on off true Null ~ null NaN nan inf .inf -.INF = << --- ... --- - ? : 1e3 E0 e10 e-1 E+_1 0x1F 0o17 017 0b1 12:30 1_000',
  '2001-01-01 2001-01-01T00:00:00Z 1.0 .5 +1 -1 08 1.0.0 0b2 0xg 9a 1e5a a: a- a:b http://a:80/ $(A) $A - 100m _1 _ /a @a (a',
  '1.2.3.4 1..2 1.2. 01.02.03 1.0.0-a 1.0.0: 1_0.0.0 --a --e5 --inf --1 ---a -- --a: --a-',
].flatMap((line) => line.split(' '));

const texts = [
  '',
  ' a ',
  'a: b',
  'a b',
  'a  b',
  'a - b',
  'a #b',
  'a# b',
  'a b:',
  '- a',
  '--- a',
  '... a',
  '%a',
  '#a',
  '"',
  "'",
  'a"b',
  "a'b",
  '!a',
  '&a',
  '*a',
  '{a}',
  '[a]',
  'a, b',
  'a\nb',
  'a\nb\n',
  'a\n\n',
  '\na',
  ' a\nb',
  'a\n b\n',
  'a\n\nb',
  'a \nb',
  'a\n---\nb',
  '\n',
  ' \n',
  'a\n ',
  'a\n\t',
  '\t',
  'a\tb',
  'a\r\nb',
  '\u0085',
  '\u2028',
  '\ufeff',
  'ä',
  '=',
  'a=',
  'a\n=',
];

/** Texts that YAML reads in an unexpected way, or nearly. */
export const unusualTexts = [...words, ...texts];

const text = fc.oneof(
  fc.constantFrom(...unusualTexts),
  fc.stringMatching(/^[-+0-9._:eExXobainfTZ]{1,10}$/),
  fc.stringMatching(/^[a-z0-9 :.#/\n=-]{0,12}$/),
  fc.stringMatching(/^[-a1 :#?!"'&*%@`|>{}[\],\\~=.]{0,8}$/),
  fc.string({ unit: 'grapheme-ascii', maxLength: 12 }),
  fc.string({ unit: 'binary', maxLength: 8 }),
);

const scalar = fc.oneof(
  { weight: 6, arbitrary: text },
  fc.boolean(),
  fc.constant(null),
  fc.integer(),
  fc.double(),
  fc.constantFrom(undefined, -0, 1e21, 1.5),
);

const tied = fc.letrec<{ value: unknown; list: unknown[]; mapping: Record<string, unknown> }>((tie) => ({
  value: fc.oneof({ maxDepth: 5, withCrossShrink: true }, scalar, tie('list'), tie('mapping')),
  list: fc.array(tie('value'), { maxLength: 4 }),
  mapping: fc.dictionary(text, tie('value'), { maxKeys: 5, noNullPrototype: true }),
}));

/** Anything that a manifest may be, and much that it may not. */
export const documents = fc.oneof(tied.mapping, tied.list);
