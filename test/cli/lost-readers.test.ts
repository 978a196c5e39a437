import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { outliveReaders } from '../../lib/cli/lost-readers.ts';

const failing = (code: string) => {
  const stream = new PassThrough();
  outliveReaders([stream]);
  return () => stream.emit('error', Object.assign(new Error(`write ${code}`), { code }));
};

test.each(['EPIPE', 'EIO'])('a reader that has gone (%s) ends nothing', (code) => {
  expect(failing(code)).not.toThrow();
});

test('a full disk behind a redirection is no reader that has gone', () => {
  expect(failing('ENOSPC')).toThrow('write ENOSPC');
});
