// Bundles the command: one file a group of commands, so that a run reads and compiles what it needs and nothing else.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { basename, join } from 'node:path';
import { build } from 'esbuild';
import { bundles, wrapper } from '../bin/run-bundle.cjs';
import { lateModules } from './late-modules.mjs';
import { sourceChanges } from './source-changes.mjs';

/** Zod compiles a parser of each schema, which pays for large inputs alone: a process checks one configuration. */
const banner = 'globalThis.__zod_globalConfig = { jitless: true };';

/**
 * @param root folder of the sources
 * @returns the files by name, which hold all that they need; the bundle of all commands has a map of the places in the sources
 * @throws Error when the sources cannot be bundled, with the places
 */
export async function bundle(root) {
  const files = await Promise.all(
    Object.entries(bundles).map(async ([name, commands]) => {
      const { files, metafile } = await built(root, { ...sources(root, name), plugins: pluginsOf(root, commands) });
      return commands === undefined
        ? [...files, ['LICENSES.txt', licences(root, Object.keys(metafile.inputs))]]
        : files;
    }),
  );
  return new Map(files.flat());
}

/**
 * The sources alone, which a checkout bundles after each change.
 *
 * @param name which bundle
 * @returns the files by name, the paths of the sources that are in it, and the names of the packages that it requires
 * @throws Error when the sources cannot be bundled, with the places
 */
export async function bundleOfSources(root, name) {
  const { files, metafile } = await built(root, {
    ...sources(root, name),
    // Node cannot `import()` from a script.
    supported: { 'dynamic-import': false },
    plugins: [deferredZod(root), externalPackages, ...pluginsOf(root, bundles[name])],
  });
  const required = Object.values(metafile.outputs).flatMap(({ imports }) => imports.map(({ path }) => path));
  // Zod is needed when something is wrong, and takes a fifth of the time that all packages take.
  const packages = new Set(required.filter((path) => !isBuiltin(path) && path !== 'zod'));
  return { files: new Map(files), inputs: Object.keys(metafile.inputs), packages: [...packages].sort() };
}

/** The packages that `bundleOfSources` requires: its text has an object that loads each when it is read. */
export async function bundleOfPackages(root, packages) {
  const getters = packages.map((name) => `get ${JSON.stringify(name)}(){return require(${JSON.stringify(name)})}`);
  const { files } = await built(root, {
    stdin: { contents: `module.exports={${getters.join(',')}}`, resolveDir: root },
    outfile: join(root, 'packages.cjs'),
    plugins: [lateModules(root), sourceChanges],
  });
  const [[, text]] = files;
  return text;
}

/** @returns the licences of the packages that a bundle holds, each under its name and version */
function licences(root, inputs) {
  const folders = new Set(inputs.flatMap((path) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? []));
  const texts = [...folders].sort().map((folder) => {
    const path = join(root, folder);
    const { name, version, license } = JSON.parse(readFileSync(join(path, 'package.json'), 'utf8'));
    const files = readdirSync(path).filter((file) => /^(?:licen[cs]e|notice)/i.test(file));
    const own = files.map((file) => readFileSync(join(path, file), 'utf8').trim());
    return [`${name} ${version} (${license})`, ...own].join('\n\n');
  });
  return `${texts.join('\n\n---\n\n')}\n`;
}

const sources = (root, name) => ({
  entryPoints: ['lib/cli/podhost.ts'],
  outfile: join(root, `${name}.cjs`),
  sourcemap: bundles[name] === undefined && 'linked',
});

const pluginsOf = (root, commands) => [otherCommands(commands), lateModules(root), deferredZod(root), sourceChanges];

async function built(root, options) {
  const { outputFiles, metafile } = await build({
    absWorkingDir: root,
    bundle: true,
    write: false,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    // A file of ASCII alone is read without decoding it.
    charset: 'ascii',
    minifyWhitespace: true,
    legalComments: 'none',
    sourcesContent: false,
    metafile: true,
    logLevel: 'silent',
    banner: { js: banner },
    ...options,
  });
  const files = outputFiles.map(({ path, text }) => [
    basename(path),
    path.endsWith('.map') ? text : wrapped(withoutNames(withoutCopies(ascii(text).replace(/^#!.*\n/, '')))),
  ]);
  return { files, metafile };
}

/** Regular expressions and tagged templates are the only places that `charset: 'ascii'` leaves as they are. */
function ascii(text) {
  const at = text.search(/[^\0-\x7f]/);
  if (at !== -1) {
    const around = text.slice(Math.max(at - 40, 0), at + 40);
    throw new Error(`write \\uXXXX for the character that is not ASCII in: ${around}`);
  }
  return text;
}

/**
 * Every import of a CommonJS file copies all that the file exports, which pays for one that asks for the whole or for
 * `default` alone. The text keeps its length, so that the map of the places holds.
 */
function withoutCopies(text) {
  const whole = new Map();
  // Its declaration and its assignment are two; a use of the whole or of `default` is one more.
  for (const [, name, key] of text.matchAll(/(?<![\w$.])(import_[\w$]+)(?![\w$])(?:\.([A-Za-z_$][\w$]*))?/g)) {
    if (key === undefined || key === 'default') {
      whole.set(name, (whole.get(name) ?? 0) + (key === undefined ? 1 : 2));
    }
  }
  return text.replace(
    /\b(import_[\w$]+)=__toESM\((require_[\w$]+\(\)|require\("[^"]*"\)),1\)/g,
    (copy, name, original) => (whole.get(name) === 2 ? `${name}=${original}`.padEnd(copy.length) : copy),
  );
}

/**
 * Each module is a method of an object of its own, named after the file: V8 makes a class of objects of each name, which takes as
 * long as to run most modules. The text keeps its length.
 */
const withoutNames = (text) =>
  text.replace(
    /(=__(?:esm|commonJS)\(\{)("[^"]+")(\([\w,]*\)\{)/g,
    (_, start, name, rest) => `${start}m${rest}${' '.repeat(name.length - 1)}`,
  );

/** The text is one expression, a function as Node makes it of a CommonJS file, and ends with its own digest. */
const wrapped = (text) => {
  const code = wrapper.start + text + wrapper.end;
  return `${code}//${createHash('sha256').update(code).digest('hex')}\n`;
};

/** Leaves out what the commands load that this bundle is not run for. Each import that the filter matches takes a while. */
const otherCommands = (commands) => ({
  name: 'other-commands',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^\.\/(?:commands\/[a-z]+|rule-help)\.ts$/ }, ({ path, kind, importer }) =>
      kind === 'dynamic-import' && declaration.test(importer) && commands?.includes(basename(path, '.ts')) === false
        ? { path, namespace: 'other-command' }
        : undefined,
    );
    onLoad({ filter: /./, namespace: 'other-command' }, ({ path }) => ({
      contents: `throw new Error(${JSON.stringify(`${basename(path)} is not in this bundle`)})`,
    }));
  },
});

/** Where commands are declared: each loads its own file when it runs. */
const declaration = /\/lib\/cli\/(?:program|[a-z]+-declaration)\.ts$/;

/** Of these, the sources need little, and the rest loads `node:crypto`. */
const partlyNeeded = /^@noble\/hashes\//;

const externalPackages = {
  name: 'external-packages',
  setup({ onResolve }) {
    onResolve({ filter: /^[^./]/ }, ({ path, kind }) =>
      kind === 'entry-point' || isBuiltin(path) || partlyNeeded.test(path) ? undefined : { path, external: true },
    );
  },
};

/** In the place of zod what keeps the calls of it: `scripts/deferred-zod`. */
export const deferredZod = (root) => ({
  name: 'deferred-zod',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^zod$/ }, ({ path, namespace }) =>
      namespace === 'deferred-zod' ? undefined : { path, namespace: 'deferred-zod' },
    );
    onLoad({ filter: /./, namespace: 'deferred-zod' }, () => ({
      contents: 'exports.z=require("./scripts/deferred-zod/zod.cjs")(()=>require("zod"))',
      resolveDir: root,
    }));
    // Messages in other languages, which nobody asks for.
    onLoad({ filter: /\/zod\/v4\/locales\/index\.c?js$/ }, () => ({ contents: '' }));
  },
});
