import type { ErrorCode, YAMLError } from 'yaml';

interface Wording {
  readonly message: string;
  readonly suggestion?: string;
}

const wordings: Partial<Record<ErrorCode, Wording>> = {
  BAD_INDENT: {
    message: 'this line is not indented far enough, or a bracket before it is not closed',
    suggestion: 'indent the line below its key, or close the bracket',
  },
  BLOCK_AS_IMPLICIT_KEY: {
    message: 'a second ": " in one line, or a line that is indented too far',
    suggestion: 'put the value in quotes, or align the line with its neighbours',
  },
  BLOCK_IN_FLOW: {
    message: 'an indented list or mapping inside [ ] or { }',
    suggestion: 'separate the entries by commas, or remove the brackets',
  },
  DUPLICATE_KEY: { message: 'this key stands twice in one mapping', suggestion: 'remove one of the two' },
  MULTILINE_IMPLICIT_KEY: { message: 'this line has no ": " after its key', suggestion: 'write: KEY: VALUE' },
  MULTIPLE_DOCS: {
    message: 'a second document begins here; a configuration file describes one system',
    suggestion: 'move it to a file of its own',
  },
  RESOURCE_EXHAUSTION: { message: 'the file nests too deep' },
  TAB_AS_INDENT: { message: 'this line is indented with a tab', suggestion: 'indent with spaces' },
  TAG_RESOLVE_FAILED: {
    message: 'a tag (!…) that a configuration file does not use; every value is read as the text that is written',
    suggestion: 'remove the tag',
  },
};

/** What a syntax error means for the person who wrote the file. */
export function syntaxMessage({ code, message }: YAMLError): Wording {
  const reserved = /^Plain value cannot start with .* (\S)$/.exec(message)?.[1];
  if (reserved !== undefined) {
    return { message: `a value cannot begin with ${reserved} unless it is quoted`, suggestion: "write: '…'" };
  }
  const quote = /^Missing closing (["'])quote$/.exec(message)?.[1];
  if (quote !== undefined) {
    return { message: `the quoted text that ends here has no closing ${quote}`, suggestion: `write: ${quote}` };
  }
  if (message.startsWith('Invalid escape sequence')) {
    const sequence = message.slice('Invalid escape sequence '.length);
    return {
      message: `${sequence} means nothing inside double quotes`,
      suggestion: `write: \\${escape}, or put the text in single quotes`,
    };
  }
  if (message.startsWith('Unexpected scalar at node end')) {
    return {
      message:
        'text that belongs to nothing: a quote inside quotes, or a line that is indented differently from its neighbours',
      suggestion: 'align the line with its neighbours, or put the whole value in quotes',
    };
  }
  return wordings[code] ?? { message: `not valid YAML: ${message.charAt(0).toLowerCase()}${message.slice(1)}` };
}
