// Bundles the command: one file a group of commands, so that a run reads and compiles what it needs and nothing else.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire, isBuiltin } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { build } from 'esbuild';
import { bundles, wrapper } from '../bin/run-bundle.cjs';

/** Node's modules that take milliseconds to load and that many packages import without calling them. */
const lateBuiltins = [
  'child_process',
  'crypto',
  'http',
  'https',
  'net',
  'readline',
  'tls',
  'url',
  'v8',
  'worker_threads',
];

/** Packages whose entry loads all of their files, with what the sources import of them. */
export const latePackages = {
  cdk8s: [
    ...['ApiObject', 'ApiObjectMetadataDefinition', 'App', 'Chart', 'DependencyGraph', 'ImplicitTokenResolver'],
    ...['JsonPatch', 'Lazy', 'LazyResolver', 'NumberStringUnionResolver'],
  ],
  'cdk8s-plus-27': ['k8s'],
  yaml: [
    ...['Composer', 'Document', 'Lexer', 'Parser', 'Schema', 'isAlias', 'isMap', 'isScalar', 'isSeq'],
    ...['parse', 'parseDocument', 'stringify', 'visit'],
  ],
};

/** Packages of one file, which few runs need. */
const rarePackages = ['@secretlint/secretlint-rule-preset-recommend'];

/** The file of cdk8s that imports YAML for `App.synth` alone, which no command calls: it brings a parser of its own. */
const synthesizingFile = /[\\/]cdk8s[\\/]lib[\\/]app\.js$/;

/** Zod compiles a parser of each schema, which pays for large inputs alone: a process checks one configuration. */
const banner = `const moduleUrl = require("node:url").pathToFileURL(__filename).href;
globalThis.__zod_globalConfig = { jitless: true };`;

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
    define: { 'import.meta.url': 'moduleUrl' },
    banner: { js: banner },
    ...options,
  });
  const files = outputFiles.map(({ path, text }) => [
    basename(path),
    path.endsWith('.map') ? text : wrapped(withoutCopies(ascii(text).replace(/^#!.*\n/, ''))),
  ]);
  return { files, metafile };
}

/** Regular expressions and tagged templates are the only places that `charset: 'ascii'` leaves as they are. */
function ascii(text) {
  const [found] = /.{0,40}[^\0-\x7f].{0,40}/.exec(text) ?? [];
  if (found !== undefined) {
    throw new Error(`write \\uXXXX for the character that is not ASCII in: ${found}`);
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

const externalPackages = {
  name: 'external-packages',
  setup({ onResolve }) {
    onResolve({ filter: /^[^./]/ }, ({ path, kind }) =>
      kind === 'entry-point' || isBuiltin(path) ? undefined : { path, external: true },
    );
  },
};

/** Loads a module when something of it is used first. */
const lateModules = (root) => {
  const require = createRequire(join(root, 'package.json'));
  const sourcesOf = async (path) => {
    if (!Object.hasOwn(latePackages, path)) {
      const isRare = rarePackages.includes(path);
      const source = isRare ? path : `node:${path}`;
      // What `import()` gives of a module of Node has a `default`, which hides the module from a default import.
      const exported = isRare ? await import(source) : require(source);
      return Object.keys(exported).map((key) => [key, `require(${JSON.stringify(source)}).${key}`]);
    }
    const exported = exportsOfPackage(require.resolve(path), latePackages[path]);
    return latePackages[path].map((key) => {
      const { file, name } = exported.get(key) ?? { file: path, name: key };
      return [key, `require(${JSON.stringify(file)})${name === undefined ? '' : `.${name}`}`];
    });
  };
  return {
    name: 'late-modules',
    setup({ onResolve, onLoad }) {
      const late = [...Object.keys(latePackages), ...rarePackages];
      const names = [...lateBuiltins.flatMap((name) => [name, `node:${name}`]), ...late].join('|');
      onResolve({ filter: new RegExp(`^(?:${names})$`) }, ({ path, namespace }) =>
        namespace === 'late' ? undefined : { path: path.replace(/^node:/, ''), namespace: 'late' },
      );
      onLoad({ filter: /./, namespace: 'late' }, async ({ path }) => {
        const getters = (await sourcesOf(path)).map(([key, expression]) => `get ${key}(){return ${expression}}`);
        return { contents: `module.exports={${getters.join(',')}}`, resolveDir: root };
      });
      onResolve({ filter: /^\.\/yaml$/ }, ({ path, importer }) =>
        synthesizingFile.test(importer) ? { path, namespace: 'unused' } : undefined,
      );
      onLoad({ filter: /./, namespace: 'unused' }, () => ({
        contents: 'module.exports={get Yaml(){throw new Error("App.synth is not in this bundle")}}',
      }));
    },
  };
};

/**
 * What the entry of a package exports, as the text of a CommonJS file shows: to load it takes longer than the bundle.
 *
 * @param wanted names after which no further file is read
 * @returns the file that has it and its name there, none for the whole file, by the name that it is exported under
 */
export function exportsOfPackage(entry, wanted = undefined) {
  const text = readFileSync(entry, 'utf8');
  const all = (pattern) => [...text.matchAll(pattern)].map(([, ...groups]) => groups);
  const fileOf = (path) => join(dirname(entry), `${path.replace(/\.js$/, '')}.js`);
  const files = new Map(all(/^(?:var|const) (\w+) = require\(["'](\..*?)["']\);$/gm));
  const copied = all(/^exports\.(\w+) = (\w+)(?:\.(\w+))?;$/gm).filter(([, from]) => files.has(from));
  const found = new Map([
    ...all(/\bexports\.(\w+) = /g).map(([key]) => [key, { file: entry, name: key }]),
    ...copied.map(([key, from, name]) => [key, { file: fileOf(files.get(from)), name }]),
    ...all(/^exports\.(\w+) = require\("(.*?)"\);$/gm).map(([key, path]) => [key, { file: fileOf(path) }]),
  ]);
  for (const [path] of all(/^__exportStar\(require\("(.*?)"\), exports\);$/gm)) {
    if (wanted?.every((name) => found.has(name)) !== true) {
      for (const [key, value] of exportsOfPackage(fileOf(path), wanted)) {
        found.set(key, value);
      }
    }
  }
  return found;
}

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

/** How the classes of `cdk8s import` copy an object: again for each of its keys. Beside it, the same with one copy. */
const copies = [/\(\{ \.\.\.r, \[i\[0\]\]: (.*?) \}\), \{\}\)/g, '(r[i[0]] = $1, r), {})'];

/** The converters that these classes export beside themselves, which only they call. */
const converters = [/^exports\.toJson_(?:\w+ = toJson_\w+;|.* = void 0;)$/gm, ''];

/** Changes of sources that leave what they do as it is. */
const sourceChanges = {
  name: 'source-changes',
  setup({ onLoad }) {
    onLoad({ filter: /\/imports\/[^/]*\.(?:ts|js)$/ }, async ({ path }) => ({
      contents: (await readFile(path, 'utf8')).replace(...copies).replace(...converters),
      loader: path.endsWith('.ts') ? 'ts' : 'js',
    }));
  },
};
