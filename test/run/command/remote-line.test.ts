import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { remoteLine } from '../../../lib/run/command/shell-line.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

/** A text such as a person would not write: everything that means something to a shell, and more. */
const word = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: fc.constantFrom(...'\'"\\$`!*?[]{}()<>|&;~#=%-, \t\n\raé'), maxLength: 12 }),
);

const printed = (line: string): string[] =>
  execFileSync('sh', ['-c', line], { encoding: 'utf8' }).split('\0').slice(0, -1);

describe('the line for the shell of the host', () => {
  test('hands over every argument and variable as it is', () => {
    fc.assert(
      fc.property(fc.array(word, { maxLength: 4 }), word, (words, value) => {
        const args = ['-c', 'printf "%s\\0" "$VALUE" "$@"', 'x', ...words];
        const line = remoteLine({ program: 'sh', args, env: { VALUE: value } });
        expect(printed(line)).toEqual([value, ...words]);
      }),
      { numRuns: 150 },
    );
  });

  test.each(['-x', "it's a folder", '$(touch no)', 'a\nb'])('runs in the folder %j', (name) => {
    const folder = join(temporaryFolder(), name);
    mkdirSync(folder);
    const line = remoteLine({ program: 'sh', args: ['-c', 'printf "%s\\0" "$PWD"'], folder });
    expect(printed(line)).toEqual([folder]);
  });

  test('does not run the program where there is no such folder', () => {
    const line = remoteLine({ program: 'printf', args: ['here'], folder: '/no/such' });
    expect(printed(`{ ${line}; } 2>/dev/null || printf 'not run\\0'`)).toEqual(['not run']);
  });

  test.each(['-oProxyCommand=x', '-x', 'if', 'a b'])(
    'never begins with an option or a word of the shell: %s',
    (program) => {
      expect(remoteLine({ program, args: [] })).toBe(`'${program}'`);
    },
  );
});
