'use strict';
// `npm ci` runs it last: the first `npm run synth` finds the bundle and its machine code.
const { spawnSync } = require('node:child_process');
const { mkdtempSync, rmSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');

const output = mkdtempSync(join(tmpdir(), 'podhost-prepare-'));
try {
  // A bundle is not kept whose sources changed a moment ago, as the list of the installed packages has.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100);
  spawnSync(process.execPath, [join(__dirname, '../bin/podhost.cjs'), 'synth', '--output', output], {
    cwd: join(__dirname, '..'),
    stdio: 'ignore',
  });
} finally {
  rmSync(output, { recursive: true, force: true });
}
