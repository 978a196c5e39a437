import { readFileSync, statSync } from 'node:fs';
import { operand, run, sh } from '../../text/shell.ts';
import { type ConfigText, decodeUtf8 } from './decode-utf8.ts';

/** Far above any real system (a service takes about 300 bytes), and fast to parse whatever it holds. */
const maximumBytes = 4 * 1024 * 1024;

export function readConfigText(file: string): ConfigText {
  let bytes: Buffer;
  try {
    const status = statSync(file);
    if (status.isDirectory()) {
      return refused('config/not-a-file', `${file} is a folder, not a configuration file`, 'name a file inside it');
    }
    if (status.size > maximumBytes) {
      return refused('config/too-large', `${file} has ${status.size} bytes; at most ${maximumBytes} are read`);
    }
    bytes = readFileSync(file);
  } catch (error) {
    return unreadable(file, error);
  }
  return decodeUtf8(file, bytes);
}

function unreadable(file: string, error: unknown): ConfigText {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return refused('config/no-file', `${file} does not exist`, 'name another file: --config FILE');
    case 'EACCES':
    case 'EPERM':
      return refused('config/unreadable', `${file} may not be read by this user`, run(sh`chmod u+r ${operand(file)}`));
    default:
      return refused('config/unreadable', `${file} cannot be read: ${error instanceof Error ? error.message : error}`);
  }
}

const refused = (code: string, message: string, suggestion?: string): ConfigText => ({
  problems: [{ code, message, ...(suggestion === undefined ? {} : { suggestion }) }],
});
