import { spawnSync } from 'node:child_process';

/** What became of a run of helm. */
export type HelmRun =
  | { readonly kind: 'done'; readonly stdout: string }
  /** With what it wrote to standard error. */
  | { readonly kind: 'failed'; readonly reason: string }
  | { readonly kind: 'missing' };

/** Rendered charts are large. */
const maximumOutput = 256 * 1024 * 1024;

/** Milliseconds; a chart is rendered in a second, and the rest is for a repository that answers slowly. */
const timeout = 120_000;

/** The helm of the environment variable `PODHOST_HELM`, or else the one on the path. */
export const helmProgram = (): string => process.env['PODHOST_HELM'] || 'helm';

/**
 * Runs helm.
 *
 * @param input what it reads from standard input
 */
export function runHelm(args: readonly string[], input = ''): HelmRun {
  const { error, status, signal, stdout, stderr } = spawnSync(helmProgram(), [...args], {
    encoding: 'utf8',
    input,
    timeout,
    maxBuffer: maximumOutput,
  });
  // A helm that ends without reading its input is no failure by itself.
  if (error !== undefined && status === null) {
    const code = 'code' in error ? error.code : undefined;
    return code === 'ENOENT' || code === 'EACCES'
      ? { kind: 'missing' }
      : { kind: 'failed', reason: code === 'ETIMEDOUT' ? `no answer in ${timeout / 1000} seconds` : error.message };
  }
  const reason = stderr.trim().replace(/^(?:.*\n)*?Error: /, '');
  return status === 0
    ? { kind: 'done', stdout }
    : { kind: 'failed', reason: reason === '' ? `it ended with ${signal ?? `status ${status}`}` : reason };
}
