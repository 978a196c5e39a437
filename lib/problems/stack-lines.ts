/** Where an error was thrown, a call a line. The stack begins with the message, which may have lines of its own. */
export const stackLines = (error: unknown): string[] =>
  error instanceof Error ? (error.stack ?? '').split('\n').filter((line) => /^ {4}at /.test(line)) : [];
