import { expect, test } from 'vitest';
import { documentationIndex, documentationPage, exampleLanguage } from '../../lib/lint/documentation.ts';
import { noBadKey, requireDomain } from './support/fake-rules.ts';

test('a page says what, why, what instead, and how to suppress it', () => {
  expect(documentationPage(noBadKey)).toMatchInlineSnapshot(`
    "# no-bad-key

    Says something.

    Reported as an error, unless the configuration sets another severity.

    ## Why

    It is wrong. It shows.

    ## What to do

    Do it right.

    \`\`\`yaml
    right: true
    \`\`\`

    ## Where it does not apply

    Give the reason in an annotation of the object or in a comment above the line:

    \`\`\`yaml
    podhost.dev/ignore-no-bad-key: "REASON"

    # podhost-ignore no-bad-key: REASON
    \`\`\`

    Or set its severity everywhere: \`--rule no-bad-key=off\`, or \`lint: { rules: { no-bad-key: off } }\` in the configuration.

    ## See

    - <https://example.com/>
    "
  `);
});

test('the index has every rule, by name', () => {
  const piped = { ...noBadKey, documentation: { ...noBadKey.documentation, summary: 'a | b' } };
  expect(documentationIndex([requireDomain, piped]).split('\n').slice(-3)).toEqual([
    '| [no-bad-key](no-bad-key.md) | error | a \\| b |',
    '| [require-domain](require-domain.md) | warning | Says something. |',
    '',
  ]);
});

test.each([
  ['kubectl get pods', 'sh'],
  ['# first\nhelm upgrade x', 'sh'],
  ['$ npx podhost synth', 'sh'],
  ['env:\n  - name: kubectl', 'yaml'],
  ['# kubectl would\nkind: Pod', 'yaml'],
  ['dist/00-namespace.yaml\ndist/helm/values.yaml', 'text'],
])('%j is written in %s', (example, language) => {
  expect(exampleLanguage(example)).toBe(language);
});
