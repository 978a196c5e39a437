'use strict';
// Runs the command from the sources of a checkout: as a bundle that is made when a source has changed.
const { createHash } = require('node:crypto');
const fs = require('node:fs');
const { join } = require('node:path');
const { keep, runBundle, runWithPlaces } = require('../bin/run-bundle.cjs');

/** What a bundle is made of, with the lock files for what the packages are. */
const folders = new Set(['lib', 'imports']);
const sources = [
  ...folders,
  'bin/run-bundle.cjs',
  'scripts/bundle.mjs',
  'scripts/deferred-zod/judgement.cjs',
  'scripts/deferred-zod/kinds.cjs',
  'scripts/deferred-zod/zod.cjs',
  'package.json',
  'package-lock.json',
  'node_modules/.package-lock.json',
  'tsconfig.json',
];

/** A file that changed so shortly ago may change again without a new time, on a file system with coarse ones. */
const settledMilliseconds = 50;

/** Packages that a run needs when something is wrong: a fifth of the time that a bundle takes to be made. */
const rarePackages = ['zod'];

/** Runs a bundle. A source that cannot be compiled is reported with its place. */
async function run(root, name, isDebugging) {
  const started = Date.now();
  const state = stateOf(root);
  const caches = join(root, 'node_modules/.cache/podhost');
  const folder = join(caches, state.key);
  const file = join(folder, `${name}.cjs`);
  let text = read(file);
  if (text === undefined) {
    const files = await bundled(root, name);
    text = files.get(`${name}.cjs`);
    if (stateOf(root).key === state.key && started - state.newest > settledMilliseconds) {
      removeOthers(caches, state.key);
      for (const [path, content] of [...files].reverse()) {
        keep(join(folder, path), content);
      }
    }
  }
  if (isDebugging) {
    runWithPlaces(file, text);
  } else {
    runBundle(file, text, folder);
  }
}

async function bundled(root, name) {
  const { bundle } = await import('./bundle.mjs');
  try {
    return await bundle(root, [name], rarePackages);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exit(3);
  }
}

/** A digest of when each source was changed last, and how it is named and how large it is. */
function stateOf(root) {
  let text = `${root} ${process.version}\n`;
  let newest = 0;
  const add = (path) => {
    const { size, mtimeMs = 0, ctimeMs = 0, ino } = fs.statSync(`${root}/${path}`, { throwIfNoEntry: false }) ?? {};
    text += `${path} ${size} ${mtimeMs} ${ctimeMs} ${ino}\n`;
    newest = Math.max(newest, mtimeMs, ctimeMs);
  };
  const walk = (folder) => {
    for (const entry of fs.readdirSync(`${root}/${folder}`, { withFileTypes: true })) {
      const path = `${folder}/${entry.name}`;
      (entry.isDirectory() ? walk : add)(path);
    }
  };
  for (const path of sources) {
    (folders.has(path) ? walk : add)(path);
  }
  return { key: createHash('sha256').update(text).digest('hex').slice(0, 32), newest };
}

function read(file) {
  try {
    return fs.readFileSync(file, 'latin1');
  } catch {
    return undefined;
  }
}

/** Bundles of sources as they were, as far as this user may. */
function removeOthers(caches, key) {
  try {
    for (const other of fs.readdirSync(caches).filter((name) => name !== key)) {
      fs.rmSync(join(caches, other), { recursive: true, force: true });
    }
  } catch {}
}

module.exports = { run };
