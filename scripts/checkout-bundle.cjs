'use strict';
// Runs the command from the sources of a checkout: bundled when one of them has changed, beside the packages, which rarely do.
const fs = require('node:fs');
const { basename, join, sep } = require('node:path');
const { digestOf, keep, remove, runBundle, runWithPlaces } = require('../bin/run-bundle.cjs');

/** What decides how sources are bundled, with the lock files for what the packages are. */
const settings = [
  'bin/run-bundle.cjs',
  'scripts/bundle.mjs',
  'package.json',
  'package-lock.json',
  'node_modules/.package-lock.json',
  'tsconfig.json',
];

/** A file that changed so shortly ago may change again without a new time, on a file system with coarse ones. */
const settledMilliseconds = 50;

/** Runs a bundle. A source that cannot be compiled is reported with its place. */
async function run(root, name, isDebugging) {
  const folder = join(root, 'node_modules/.cache/podhost', name);
  const file = join(folder, `${name}.cjs`);
  const { text, packages } = kept(root, folder, file) ?? (await made(root, folder, file));
  if (isDebugging) {
    runWithPlaces({ file, text }, packages);
  } else {
    runBundle({ file, text }, folder, packages);
  }
}

/** What was bundled, when the sources are as they were. */
function kept(root, folder, file) {
  const state = parsed(read(join(folder, 'state.json')));
  const isPresent =
    state?.root === root &&
    state.version === process.version &&
    Object.entries(state.sources).every(([path, source]) => source === stateOf(root, path));
  if (!isPresent) {
    return undefined;
  }
  const text = read(file);
  const packages = packagesIn(folder, state.packages);
  return text === undefined || packages === undefined || digestOf(text) !== state.digest
    ? undefined
    : { text, packages };
}

async function made(root, folder, file) {
  const started = Date.now();
  const before = statesOf(root);
  const { files, inputs, packages } = await bundled(root, folder, basename(file, '.cjs'), before);
  const text = files.get(basename(file));
  const sources = [...settings, ...inputs.filter((path) => before.has(path))].map((path) => [
    path,
    stateOf(root, path),
  ]);
  if (
    sources.every(([path, source]) => source === before.get(path) && started - changed(source) > settledMilliseconds)
  ) {
    const state = {
      ...{ root, version: process.version, packages: basename(packages.file), digest: digestOf(text) },
      sources: Object.fromEntries(sources),
    };
    removeOthers(folder, packages.file);
    if (read(packages.file) === undefined) {
      keep(packages.file, packages.text);
    }
    for (const [path, content] of [...files, ['state.json', JSON.stringify(state)]]) {
      keep(join(folder, path), content);
    }
  }
  return { text, packages };
}

async function bundled(root, folder, name, states) {
  const { bundleOfPackages, bundleOfSources } = await import('./bundle.mjs');
  try {
    const { files, inputs, packages: names } = await withoutCollections(() => bundleOfSources(root, name));
    const { createHash } = require('node:crypto');
    const key = createHash('sha256').update(JSON.stringify([names, ...settings.map((path) => states.get(path))]));
    const file = `packages-${key.digest('hex').slice(0, 16)}.cjs`;
    const packages = packagesIn(folder, file) ?? {
      file: join(folder, file),
      text: await bundleOfPackages(root, names),
    };
    return { files, inputs, packages };
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exit(3);
  }
}

/** Starts esbuild with room for what it makes: its garbage collector takes a quarter of the time. */
function withoutCollections(start) {
  const { GOGC } = process.env;
  process.env.GOGC = '400';
  const started = start();
  if (GOGC === undefined) {
    delete process.env.GOGC;
  } else {
    process.env.GOGC = GOGC;
  }
  return started;
}

function packagesIn(folder, name) {
  const file = join(folder, name);
  const text = read(file);
  return text === undefined ? undefined : { file, text };
}

/** What sources may be bundled of, and how each is. */
function statesOf(root) {
  const paths = ['lib', 'imports', 'scripts/deferred-zod'].flatMap((folder) =>
    fs.readdirSync(join(root, folder), { recursive: true }).map((path) => `${folder}/${path.replaceAll(sep, '/')}`),
  );
  return new Map([...settings, ...paths].map((path) => [path, stateOf(root, path)]));
}

/** How large a file is, which one, and when it was changed last. */
function stateOf(root, path) {
  const { size, ino, mtimeMs = 0, ctimeMs = 0 } = fs.statSync(`${root}/${path}`, { throwIfNoEntry: false }) ?? {};
  return `${size} ${ino} ${mtimeMs} ${ctimeMs}`;
}

const changed = (state) => Math.max(...state.split(' ').slice(2).map(Number));

/** Bundles of sources as they were, and their machine code. */
function removeOthers(folder, packages) {
  try {
    const start = basename(packages, '.cjs');
    for (const other of fs.readdirSync(folder).filter((name) => !name.startsWith(start))) {
      remove(join(folder, other));
    }
  } catch {}
}

function read(file) {
  try {
    return fs.readFileSync(file, 'latin1');
  } catch {
    return undefined;
  }
}

function parsed(json) {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

module.exports = { run };
