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
 * @param {{ file: string, text: string }} program a bundle: its path, which need not exist, and its text, which ends with a digest
 * @param {string} folder for machine code; one that cannot be read or written costs time and nothing else
 * @param {{ file: string, text: string }} [packages] a bundle that exports what the program requires, by name
 */
function runBundle(program, folder, packages) {
  const code = compiled(program, folder);
  const codeOfPackages = packages && compiled(packages, folder);
  // V8 refuses machine code that was made under other flags: they are set when all of it is read.
  if (basename(program.file) !== 'help.cjs') {
    optimizeLate();
  }
  keepAtExit([code, codeOfPackages].filter((read) => read?.isPartial));
  exported(program, code.script, packages === undefined ? require : loader(packages, codeOfPackages.script));
}

/** Requires what a bundle exports by name, and what Node finds. */
function loader(packages, script) {
  const loaded = exported(packages, script, require);
  return (name) => (Object.hasOwn(loaded, name) ? loaded[name] : require(name));
}

function exported({ file }, script, load) {
  const module = { exports: {} };
  script.runInThisContext()(module.exports, load, module, file, dirname(file));
  return module.exports;
}

/** The digest with which the text of a bundle ends. */
const digestOf = (text) => text.slice(-65, -1);

/** The script of a bundle, with where machine code is kept; it is partial when it was not kept or is that of a failed run. */
function compiled({ file, text }, folder) {
  const [command = 'help', ...rest] = process.argv.slice(2);
  // What calls little keeps its own: the code of `synth --help` would do little for `synth`.
  const name = /^[a-z]+$/.test(command) && !rest.some((word) => help.has(word)) ? command : 'other';
  // V8 compares only the length of the text.
  const version = `${process.versions.v8}-${process.arch}-${digestOf(text)}`;
  const path = join(folder, `${basename(file, '.cjs')}-${name}-${version}`);
  const [whole, failed] = [`${path}.code`, `${path}.failed.code`];
  const code = readOwn(whole);
  const script = new Script(text, { filename: file, cachedData: code ?? readOwn(failed) });
  const isKnown = script.cachedDataRejected === false;
  return { script, isKnown, isPartial: code === undefined || !isKnown, whole, failed };
}

/**
 * When the process ends, the functions that it has called are compiled, unless the garbage collector has dropped their code. One
 * that failed has not called all that others call.
 */
function keepAtExit(codes) {
  if (codes.length === 0) {
    return;
  }
  const { setFlagsFromString } = require('node:v8');
  setFlagsFromString('--no-flush-bytecode');
  process.once('exit', (status) => {
    setFlagsFromString('--flush-bytecode');
    optimizeLate(false);
    for (const { script, isKnown, whole, failed } of codes) {
      if (status === 0) {
        keep(whole, script.createCachedData());
        remove(failed);
      } else if (!isKnown) {
        keep(failed, script.createCachedData());
      }
    }
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
function runWithPlaces({ file, text }, packages) {
  const { Module } = require('node:module');
  process.setSourceMapsEnabled(true);
  const module = new Module(file);
  module.require = packages === undefined ? require : loader(packages, new Script(packages.text));
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

module.exports = { bundleOf, bundles, digestOf, keep, remove, runBundle, runWithPlaces, wrapper };
