import { closeSync, constants, fstatSync, openSync, readSync, statSync } from 'node:fs';
import { type DecodeTextProps, decodeText, type FileText } from './decode-text.ts';
import { type FileProblem, fileSystemProblem, notAFile } from './file-problem.ts';

export interface ReadTextProps extends DecodeTextProps {
  /** Bytes that the file may have. */
  readonly maximumBytes: number;
  /**
   * What it should be, for messages, e.g. `a configuration file`.
   *
   * @default - messages do not say
   */
  readonly wanted?: string;
}

/**
 * Reads a regular file, or one that a symbolic link leads to, as strict UTF-8. Never waits: a pipe, a socket or a device
 * is refused unopened.
 */
export function readText(file: string, props: ReadTextProps): FileText {
  try {
    // Opening a device may already do something.
    const problem = notAFile(statSync(file), props.wanted);
    return problem === undefined ? readRegular(file, props) : { problem };
  } catch (error) {
    return { problem: fileSystemProblem(file, error) };
  }
}

/** At most `maximumBytes` of what the system has, which may be another file than a moment ago. */
function readRegular(file: string, props: ReadTextProps): FileText {
  const { maximumBytes, wanted } = props;
  const descriptor = openSync(file, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY);
  try {
    const status = fstatSync(descriptor);
    const problem = notAFile(status, wanted);
    if (problem !== undefined) {
      return { problem };
    }
    if (status.size > maximumBytes) {
      return { problem: tooLarge(`has ${status.size} bytes`, maximumBytes) };
    }
    // One byte more shows whether the size was right.
    const bytes = Buffer.allocUnsafe(status.size + 1);
    const length = fill(bytes, descriptor);
    return length === status.size
      ? decodeText(bytes.subarray(0, length), props)
      : { problem: changed(status.size, length) };
  } finally {
    closeSync(descriptor);
  }
}

/** Reads until the buffer is full or the file ends; returns how many bytes came. */
function fill(bytes: Buffer, descriptor: number): number {
  let length = 0;
  while (length < bytes.length) {
    const count = readSync(descriptor, bytes, length, bytes.length - length, null);
    if (count === 0) {
      break;
    }
    length += count;
  }
  return length;
}

export const tooLarge = (has: string, maximumBytes: number): FileProblem => ({
  kind: 'too-large',
  reason: `${has}; at most ${maximumBytes} are read`,
});

/** The kernel's own files have the size 0 and hold more; a log grows. */
const changed = (size: number, length: number): FileProblem => ({
  kind: 'unreadable',
  reason: `has the size ${size} and ${length > size ? 'holds more' : `holds ${length} bytes`}: it changes while it is read`,
  suggestion: 'copy it, and name the copy',
});
