/** `podhost check | head` closes the pipe, and a terminal goes away with its window or connection. */
const lost = new Set(['EPIPE', 'EIO']);

/**
 * Lets a run continue when the reader of its output has closed the pipe, so that it ends in order.
 *
 * @throws what else goes wrong with the streams
 */
export function outliveReaders(streams: readonly NodeJS.WritableStream[]): void {
  for (const stream of streams) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (!lost.has(error.code ?? '')) {
        throw error;
      }
    });
  }
}
