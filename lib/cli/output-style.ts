import type { WriteStream } from 'node:tty';

/** Whether a stream takes colour. */
export const outputStyle = ({ isTTY }: Pick<WriteStream, 'isTTY'>): { readonly colour: boolean } => ({
  colour: isTTY === true && !process.env['NO_COLOR'] && process.env['TERM'] !== 'dumb',
});
