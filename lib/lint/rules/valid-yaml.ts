import type { Rule } from '../rule.ts';

/** Documents that kubectl and helm could not read. */
export const validYaml: Rule = {
  id: 'valid-yaml',
  severity: 'error',
  documentation: {
    summary: 'Reports a document that is not YAML.',
    why: [
      '`kubectl apply` refuses a file that holds a broken document, and `helm` the whole release.',
      'What such a document describes is unknown to every other rule: a Service or a ConfigMap that is named elsewhere',
      'may then be reported as missing.',
    ].join(' '),
    remediation: 'Correct the line; comparing its indentation with the lines around it often shows the error.',
    example: ['metadata:', '  name: "api-gateway" # the quote was not closed', ''].join('\n'),
    see: ['https://yaml.org/spec/1.2.2/', 'https://kubernetes.io/docs/concepts/overview/working-with-objects/'],
  },
  check: ({ problems, files }) =>
    problems.map(({ message, place, suggestion, confidential }) => ({
      message,
      place: place ?? { file: files[0] ?? '', line: 1, column: 1 },
      ...(suggestion === undefined ? {} : { suggestion }),
      ...(confidential === undefined ? {} : { confidential }),
    })),
};
