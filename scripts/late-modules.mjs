// What a bundle loads when something of it is used first: it does not run the top level of what a run does not need.
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join, relative } from 'node:path';

/** Node's modules that take milliseconds to load and that many packages import without calling them. */
const lateBuiltins = [
  'child_process',
  'crypto',
  'http',
  'https',
  'net',
  'os',
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

/** Packages that few runs need. */
const rarePackages = ['@secretlint/secretlint-rule-preset-recommend', 'js-yaml', 're2js'];

/** Sources that few runs need: the slow ways, and what few systems have. */
export const lateSources = [
  ...['chart', 'sub-charts'].map((name) => `lib/chart/${name}.ts`),
  'lib/config/manifests/entry-texts.ts',
  ...['bounded-parse', 'composed-nodes', 'document-check', 'syntax-problems'].map(
    (name) => `lib/config/reading/${name}.ts`,
  ),
  ...['key-problems', 'value-problems'].map((name) => `lib/config/shape/${name}.ts`),
  ...['https-ingress', 'service-objectives', 'system-collector', 'system-gitops', 'traefik-acme'].map(
    (name) => `lib/constructs/${name}.ts`,
  ),
  'lib/instrument/plan-value.ts',
  'lib/pipeline/go-pattern.ts',
  'lib/yaml/documents.ts',
];

/** The file of cdk8s that imports YAML for `App.synth` alone, which no command calls: it brings a parser of its own. */
const synthesizingFile = /[\\/]cdk8s[\\/]lib[\\/]app\.js$/;

/** Loads a module when something of it is used first. */
export const lateModules = (root) => {
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
      // By name: to ask of each import takes a while.
      const lateNames = new RegExp(`/(?:${lateSources.map((path) => basename(path)).join('|')})$`);
      onResolve({ filter: lateNames }, ({ path: given, resolveDir, namespace }) => {
        const path = relative(root, join(resolveDir, given));
        return namespace !== 'late-source' && lateSources.includes(path)
          ? { path, namespace: 'late-source' }
          : undefined;
      });
      onLoad({ filter: /./, namespace: 'late-source' }, async ({ path }) => {
        const file = join(root, path);
        const names = exportsOfSource(await readFile(file, 'utf8'));
        const getters = names.map(
          (name) => `get ${name}(){return (loaded??=require(${JSON.stringify(file)})).${name}}`,
        );
        return { contents: `let loaded;module.exports={${getters.join(',')}}`, resolveDir: root };
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

/** The names that a source exports, as values. */
export const exportsOfSource = (text) =>
  [...text.matchAll(/^export (?:async )?(?:const|function|class) (\w+)/gm)].map(([, name]) => name);
