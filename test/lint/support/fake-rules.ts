import type { Rule, RuleDocumentation } from '../../../lib/lint/rule.ts';
import { textAt } from '../../../lib/yaml/value.ts';

const documentation: RuleDocumentation = {
  summary: 'Says something.',
  why: 'It is wrong. It shows.',
  remediation: 'Do it right.',
  example: 'right: true\n',
  see: ['https://example.com/'],
};

/** Reports every ConfigMap key called `bad`, and mends it. */
export const noBadKey: Rule = {
  id: 'no-bad-key',
  severity: 'error',
  documentation,
  check: ({ manifests }) =>
    manifests
      .filter((manifest) => textAt(manifest.value, 'data', 'bad') !== undefined)
      .map((manifest) => ({
        message: `${manifest.title} has the key bad, which is "${textAt(manifest.value, 'data', 'bad')}"`,
        place: manifest.place(['data', 'bad'], 'key'),
        suggestion: 'write: good',
        manifest,
        fix: { file: manifest.document.file, apply: (text) => text.replace(/^ {2}bad:/m, '  good:') },
      })),
};

/** Reports values without a domain, and cannot tell where that is a template. */
export const requireDomain: Rule = {
  id: 'require-domain',
  severity: 'warning',
  documentation,
  check: ({ values }) =>
    values.flatMap(({ document }) => {
      const domain = textAt(document.value, 'global', 'domain');
      const place = document.place(['global', 'domain']);
      if (domain === undefined) {
        return [{ message: 'no domain', place: document.place(['global'], 'key') }];
      }
      return domain.startsWith('$') ? [{ message: 'the domain is known only later', place, cannotTell: true }] : [];
    }),
};

/** Has a defect. */
export const noDefect: Rule = {
  id: 'no-defect',
  severity: 'error',
  documentation,
  check: () => {
    throw new TypeError('x is undefined');
  },
};
