import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { temporaryFolder } from '../../support/temporary-folder.ts';

/** Programs in place of the real ones, which print whatever they are given, in many forms. */
export interface EchoingPrograms {
  /** A search path with them and nothing that could stand in their way. */
  readonly path: string;
  /** Arguments and environments that they were started with. */
  seen(): string;
}

const program = (record: string): string => `#!/usr/bin/env node
const { appendFileSync, readFileSync } = require('node:fs');
appendFileSync(${JSON.stringify(record)}, JSON.stringify([process.argv, process.env]) + '\\n');
let input = '';
try { input = readFileSync(0, 'utf8'); } catch {}
const said = [input, JSON.stringify(input), encodeURIComponent(input), Buffer.from(input).toString('base64')];
for (const line of input.split('\\n')) said.push('error: ' + line, Buffer.from(line.replace(/^\\w+=/, '')).toString('base64'));
process.stdout.write(input);
process.stderr.write(said.join('\\n') + '\\n');
process.exitCode = 1;
`;

/** Makes programs that fail, and print on standard error what came on their standard input. */
export function echoingPrograms(...names: readonly string[]): EchoingPrograms {
  const folder = temporaryFolder();
  const record = join(folder, 'seen');
  for (const name of names) {
    writeFileSync(join(folder, name), program(record));
    chmodSync(join(folder, name), 0o755);
  }
  return {
    path: [folder, dirname(process.execPath), '/usr/bin', '/bin'].join(':'),
    seen: () => (existsSync(record) ? readFileSync(record, 'utf8') : ''),
  };
}
