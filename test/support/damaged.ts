import fc from 'fast-check';

const snippet = fc.constantFrom(
  ...[
    '"',
    "'",
    '[',
    ']',
    '{',
    '}',
    ': ',
    '- ',
    '\n',
    '\t',
    '#',
    '&a ',
    '*a',
    '*large',
    '|\n',
    '!!int ',
    '---\n',
    '\0',
    '\u{1f600}',
    '<<: *large',
    '__proto__: 1',
    'constructor: 1',
    'null',
    '~',
    '-1',
    '1e3',
    '{}',
    '[]',
  ],
);
/** One change of a text, which knows nothing of YAML. */
type Damage = (text: string) => string;

function damagesOf(example: string): fc.Arbitrary<Damage> {
  const lines = example.split('\n');
  const index = fc.nat(example.length - 1);
  const line = fc.nat(lines.length - 1);
  return fc.oneof(
    fc.tuple(index, snippet).map(
      ([at, text]) =>
        (all: string) =>
          all.slice(0, at) + text + all.slice(at),
    ),
    fc.tuple(index, fc.nat(20)).map(
      ([at, count]) =>
        (all: string) =>
          all.slice(0, at) + all.slice(at + count),
    ),
    fc.tuple(line, line).map(
      ([from, to]) =>
        (all: string) =>
          all
            .split('\n')
            .toSpliced(to, 0, lines[from] ?? '')
            .join('\n'),
    ),
    line.map((at) => (all: string) => all.split('\n').toSpliced(at, 1).join('\n')),
    fc.tuple(line, snippet).map(
      ([at, text]) =>
        (all: string) =>
          all
            .split('\n')
            .map((old, number) => (number === at ? old.replace(/:.*$/, `: ${text}`) : old))
            .join('\n'),
    ),
    fc.tuple(line, fc.nat(4)).map(
      ([at, spaces]) =>
        (all: string) =>
          all
            .split('\n')
            .map((old, number) => (number === at ? ' '.repeat(spaces) + old.trimStart() : old))
            .join('\n'),
    ),
  );
}

/** A text after one to four such changes. */
export const damaged = (example: string): fc.Arbitrary<string> =>
  fc
    .array(damagesOf(example), { minLength: 1, maxLength: 4 })
    .map((damages) => damages.reduce((text, damage) => damage(text), example));
