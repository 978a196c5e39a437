import { readSync } from 'node:fs';
import { decodeText, type FileText } from './decode-text.ts';
import { fileSystemProblem } from './file-problem.ts';
import { type ReadTextProps, tooLarge } from './read-text.ts';

const chunkLength = 64 * 1024;

/** How long to wait for a writer that has sent nothing yet, in milliseconds. */
const pause = 10;

/** Reads standard input to its end, as strict UTF-8. One that does not end is refused when it is too long. */
export function readStandardInput(props: ReadTextProps): FileText {
  const { maximumBytes } = props;
  const chunk = Buffer.alloc(chunkLength);
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    while (length <= maximumBytes) {
      const count = readSome(chunk);
      if (count === 0) {
        return decodeText(Buffer.concat(chunks), props);
      }
      chunks.push(Buffer.from(chunk.subarray(0, count)));
      length += count;
    }
    return { problem: tooLarge('is too long', maximumBytes) };
  } catch (error) {
    return { problem: fileSystemProblem('-', error) };
  }
}

function readSome(chunk: Buffer): number {
  for (;;) {
    try {
      return readSync(0, chunk);
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : undefined;
      if (code === 'EOF') {
        // So Windows reports the end of a pipe.
        return 0;
      }
      if (code !== 'EAGAIN') {
        throw error;
      }
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, pause);
    }
  }
}
