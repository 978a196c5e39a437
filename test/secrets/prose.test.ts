import { array, assert, constantFrom, property, string, stringMatching } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { maskSecrets } from '../../lib/secrets/mask-secrets.ts';
import { isProse } from '../../lib/secrets/prose.ts';

describe('a sentence goes on behind the name of a secret', () => {
  test.each([
    'CORALOGIX_PRIVATE_KEY: missing',
    'PRIVATE_KEY: not set',
    'error: DB_PASSWORD: not set',
    'PRIVATE_KEY: from a Secret',
    'no variable CORALOGIX_PRIVATE_KEY: the collector does not start',
    'Secret coralogix-keys has no key PRIVATE_KEY: apply it',
    'the environment has no CX_API_KEY: set it',
    'error while reading DB_PASSWORD: permission denied',
    'what holds DB_PASSWORD: a Secret that was not read',
    'key PRIVATE_KEY: it does not exist',
    'CX_API_KEY: unauthorized',
    'env DB_PASSWORD: valueFrom',
  ])('%s', (text) => {
    expect(maskSecrets(text)).toBe(text);
  });
});

describe('a value stays hidden behind the name of a secret', () => {
  test.each([
    ['DB_PASSWORD: hunter', 'hunter'],
    ['password: the', 'the'],
    ['password: "not set"', 'not set'],
    ['PASSWORD=missing', 'missing'],
    ['password: set4you', 'set4you'],
    ['password: not-set-9', 'not-set-9'],
    ['password: the hunter', 'the hunter'],
    ['the password: hunter is wrong', 'hunter'],
    ['db password: from here to eternity', 'from here'],
    ['DB_PASSWORD: not today', 'not today'],
  ])('%s', (text, secret) => {
    expect(maskSecrets(text)).not.toContain(secret);
  });
});

const names = constantFrom('DB_PASSWORD', 'API_KEY', 'CORALOGIX_PRIVATE_KEY', 'password', 'token', 'clientSecret');
const before = constantFrom('', '  ', '- ', 'has no key ', 'reads the variable ', 'error: ', 'env:\n  ');
const after = array(constantFrom(' ', 'is', 'not', 'set', ', ', 'the', '; ', '\n', 'Secret'), { maxLength: 6 }).map(
  (words) => words.join(' '),
);
const named = { written: 'API_KEY', before: 'has no key ' };
/** Letters of both cases, digits and signs within: no word. */
const drawn = stringMatching(/^[A-Za-z]{3,8}[0-9!@^+*_-]{1,4}[A-Za-z0-9]{3,8}$/).filter((text) =>
  [/[a-z]/, /[A-Z]/, /\d/, /[^A-Za-z0-9]/].every((kind) => kind.test(text)),
);
const letters = stringMatching(/^[a-z]{6,12}$/).filter(
  (text) => !isProse(text, ' is', named) && !isProse(text, '', named),
);

test('no secret gets through, whatever sentence it stands in', () => {
  assert(
    property(names, before, constantFrom(': ', ': "', ':  ', '='), drawn, after, (name, start, sign, secret, rest) => {
      const text = `${start}${name}${sign}${secret}${sign.endsWith('"') ? '"' : ''} ${rest}`;
      expect(maskSecrets(text)).not.toContain(secret);
    }),
    { numRuns: 2000 },
  );
});

test('only words of closed lists go on', () => {
  assert(
    property(letters, string(), (word, rest) => {
      expect(isProse(word, rest, named)).toBe(false);
    }),
  );
  assert(
    property(drawn, string(), (word, rest) => {
      expect([
        isProse(word, rest, named),
        isProse(`not ${word}`, rest, named),
        isProse(`missing ${word}`, rest, named),
      ]).toEqual([false, false, false]);
    }),
  );
});
