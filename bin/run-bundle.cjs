'use strict';
// Runs a bundle of the command, with the machine code of an earlier run where a folder can hold it.
const fs = require('node:fs');
const { basename, dirname, join } = require('node:path');
const { Script } = require('node:vm');

/** The bundles, each with the commands that it is run for. `help` answers what needs no command, `podhost` has them all. */
const bundles = { help: [], check: ['check'], synth: ['synth'], podhost: undefined };

const help = new Set([undefined, 'help', '-h', '--help', '-V', '--version']);

/** The bundle that runs a command line; the one with the places of the sources when the user asks for them. */
function bundleOf([command], isDebugging) {
  if (isDebugging) {
    return 'podhost';
  }
  return help.has(command)
    ? 'help'
    : (Object.keys(bundles).find((name) => bundles[name]?.includes(command)) ?? 'podhost');
}

/** A bundle is one expression: its text between these, a function as Node makes one of a CommonJS file. */
const wrapper = { start: '(function (exports, require, module, __filename, __dirname) {\n', end: '\n})' };

/**
 * @param {string} file path of the bundle, which need not exist
 * @param {string} text of the bundle, which ends with a digest of it
 * @param {string} folder for machine code; one that cannot be read or written costs time and nothing else
 */
function runBundle(file, text, folder) {
  const module = { exports: {} };
  compiled(file, text, folder).runInThisContext()(module.exports, require, module, file, dirname(file));
}

function compiled(file, text, folder) {
  const bundle = basename(file, '.cjs');
  const [command = 'help'] = process.argv.slice(2);
  const name = /^[a-z]+$/.test(command) ? command : 'other';
  // V8 refuses machine code of another version and of other flags, but compares only the length of the text.
  const path = join(folder, `${bundle}-${name}-${process.versions.v8}-${process.arch}-${text.slice(-65, -1)}`);
  const [ofAll, ofFailed] = [`${path}.code`, `${path}.failed.code`];
  const cachedData = readOwn(ofAll);
  const script = new Script(text, { filename: file, cachedData: cachedData ?? readOwn(ofFailed) });
  const isKnown = script.cachedDataRejected === false;
  if (bundle !== 'help') {
    optimizeLate();
  }
  if (cachedData === undefined || !isKnown) {
    atExit((status) => {
      if (status === 0) {
        keep(ofAll, script.createCachedData());
        remove(ofFailed);
      } else if (!isKnown) {
        keep(ofFailed, script.createCachedData());
      }
    });
  }
  return script;
}

/**
 * When the process ends, the functions that it has called are compiled, unless the garbage collector has dropped their code.
 *
 * @param keepCode is called with the exit status: a run that failed has not called all that others call
 */
function atExit(keepCode) {
  const { setFlagsFromString } = require('node:v8');
  setFlagsFromString('--no-flush-bytecode');
  process.once('exit', (status) => {
    setFlagsFromString('--flush-bytecode');
    optimizeLate(false);
    keepCode(status);
  });
}

/**
 * V8 of Node 20 optimizes a function before it has seen what else it is called with, and throws that code away then: a
 * third of the CPU time of a thousand services. Later versions wait by themselves and have no such flag.
 */
function optimizeLate(isLate = true) {
  if (process.versions.v8.startsWith('11.3.')) {
    require('node:v8').setFlagsFromString(`--interrupt-budget=${isLate ? 400_000 : 67_584}`);
  }
}

/** Runs it slowly, so that a stack names the places of the sources. */
function runWithPlaces(file, text) {
  const { Module } = require('node:module');
  process.setSourceMapsEnabled(true);
  const module = new Module(file);
  module.require = require;
  module._compile(text.slice(wrapper.start.length, text.lastIndexOf(wrapper.end)), file);
}

/** What the file holds is run: it must be one that only this user or root could write. */
function readOwn(file) {
  try {
    const descriptor = fs.openSync(file, 'r');
    try {
      const { uid, mode } = fs.fstatSync(descriptor);
      const isOwn = process.getuid === undefined || uid === process.getuid() || uid === 0;
      return isOwn && (mode & 0o022) === 0 ? fs.readFileSync(descriptor) : undefined;
    } finally {
      fs.closeSync(descriptor);
    }
  } catch {
    return undefined;
  }
}

/** Writes a file of a cache as far as this user may, whole or not at all. */
function keep(file, content) {
  const temporary = `${file}.${process.pid}`;
  try {
    fs.mkdirSync(dirname(file), { recursive: true });
    const descriptor = fs.openSync(temporary, 'w', 0o644);
    try {
      fs.writeFileSync(descriptor, content);
      fs.fsyncSync(descriptor);
    } finally {
      fs.closeSync(descriptor);
    }
    fs.renameSync(temporary, file);
  } catch {
    remove(temporary);
  }
}

function remove(file) {
  try {
    fs.unlinkSync(file);
  } catch {}
}

module.exports = { bundleOf, bundles, keep, runBundle, runWithPlaces, wrapper };
