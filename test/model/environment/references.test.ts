import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bracedReferences } from '../../../lib/model/environment/declaration.ts';
import { escapedReferences, expand, referencesIn } from '../../../lib/model/environment/expand.ts';

const text = fc.array(fc.constantFrom('$', '(', ')', '{', '}', 'A', 'B', ':-')).map((parts) => parts.join(''));

const namesIn = (value: string, pattern: RegExp): string[] =>
  [...value.matchAll(pattern)].flatMap(([, name]) => name ?? []);

describe('references in the value of a variable', () => {
  it('are those that the patterns find, also where a text surely holds none', () => {
    fc.assert(
      fc.property(text, (value) => {
        expect(referencesIn(value)).toEqual(namesIn(value, /\$\$|\$\(([^)]*)\)/g));
        expect(escapedReferences(value)).toEqual(namesIn(value, /\$\$(?:\(([^)]*)\))?|\$\([^)]*\)/g));
        expect(bracedReferences(value)).toEqual(namesIn(value, /\$\{([A-Za-z_]\w*)(?::[-=+?][^}]*)?\}/g));
      }),
    );
  });

  it('are all that the expansion of a value changes', () => {
    fc.assert(
      fc.property(text, (value) => {
        const expected = value.replaceAll(/\$\$|\$\(([^)]*)\)/g, (match, name?: string) =>
          name === undefined ? '$' : name === 'A' ? 'a' : match,
        );
        const { value: expanded, unexpanded } = expand(value, (name) => (name === 'A' ? { value: 'a' } : undefined));
        expect(expanded).toBe(expected);
        expect(unexpanded).toEqual(referencesIn(value).filter((name) => name !== 'A'));
      }),
    );
  });
});
