import { Document, stringify, visit } from 'yaml';

const options = { version: '1.1', compat: 'core', aliasDuplicateObjects: false } as const;

/** Line breaks of YAML 1.1 that are none in 1.2, and a byte order mark. */
const ambiguousCharacters = /[\u0085\u2028\u2029\ufeff]/;

/** Plain scalars with a meaning of their own in YAML 1.1 alone. */
const ambiguousScalars = /(?:^|[:-] )(?:=|<<)$/m;

/**
 * One YAML document in which text stays text for readers of YAML 1.1 (kubectl, helm) and of YAML 1.2 alike.
 * Lines are never folded, so that a change of one value is a change of one line.
 */
export function toYaml(value: unknown): string {
  const text = stringify(value, { ...options, lineWidth: 0 });
  return ambiguousCharacters.test(text) || ambiguousScalars.test(text) ? quoted(value) : text;
}

/** The same with what is ambiguous in double quotes, where it is escaped. Slower, and rarely needed. */
function quoted(value: unknown): string {
  const document = new Document(value, options);
  visit(document, {
    Scalar(_, node) {
      if (typeof node.value === 'string' && (ambiguousCharacters.test(node.value) || /^(=|<<)$/.test(node.value))) {
        node.type = 'QUOTE_DOUBLE';
      }
    },
  });
  return document.toString({ lineWidth: 0 });
}
