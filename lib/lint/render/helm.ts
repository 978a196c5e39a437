import { spawnSync } from 'node:child_process';
import { PodhostError } from '../../problems/podhost-error.ts';
import { sh } from '../../text/shell.ts';

/** Rendered charts are large. */
const maximumOutput = 256 * 1024 * 1024;

/**
 * Runs the `helm` on the path.
 *
 * @returns what it printed
 * @throws PodhostError of status 3 when there is none, or when it fails, with its error output
 */
export function helm(args: readonly string[]): string {
  const { error, status, stdout, stderr } = spawnSync('helm', [...args], {
    encoding: 'utf8',
    maxBuffer: maximumOutput,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  if (error !== undefined) {
    const isMissing = 'code' in error && error.code === 'ENOENT';
    const message = isMissing ? 'there is no helm on the path, so the chart was not rendered' : error.message;
    const suggestion = 'install helm 3: https://helm.sh/docs/intro/install/';
    throw new PodhostError([{ code: 'lint/no-helm', message, suggestion }], 3);
  }
  if (status !== 0) {
    const errorOutput = stderr.trim().replace(/^Error: /, '');
    const [first = '', ...details] = errorOutput.split('\n');
    throw new PodhostError(
      [
        {
          code: 'lint/helm-failed',
          message: `${sh`helm ${args}`}: ${first}`,
          details,
          suggestion: suggestionFor(errorOutput),
        },
      ],
      3,
    );
  }
  return stdout;
}

const suggestionFor = (errorOutput: string): string =>
  /no such host|looks like|connection|timeout|not a valid chart repository/i.test(errorOutput)
    ? 'without a way to the chart repository, name a local copy: --render path/to/otel-integration'
    : 'mend the values that it names';
