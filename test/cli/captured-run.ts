import { vi } from 'vitest';
import { run } from '../../lib/cli/run.ts';

/** What a command line did. */
export interface CapturedRun {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command line in this process. */
export async function capturedRun(...args: readonly string[]): Promise<CapturedRun> {
  const stdout: string[] = [];
  const stderr: string[] = [];
  const capture = (stream: NodeJS.WriteStream, into: string[]) =>
    vi.spyOn(stream, 'write').mockImplementation((chunk) => into.push(String(chunk)) > 0);
  const spies = [capture(process.stdout, stdout), capture(process.stderr, stderr)];
  try {
    return { status: await run(args), stdout: stdout.join(''), stderr: stderr.join('') };
  } finally {
    for (const spy of spies) {
      spy.mockRestore();
    }
  }
}
