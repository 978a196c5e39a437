import { spawnSync } from 'node:child_process';
import { cpSync, readdirSync, readFileSync, statSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { filesIn, temporaryFolder, writeFiles } from '../support/temporary-folder.ts';
import { capturedRun } from './captured-run.ts';

const node = (args: readonly string[], env: Readonly<Record<string, string>> = {}) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    encoding: 'utf8',
    env: { ...process.env, ...env },
  });
  return { status, stdout, stderr };
};

const commandLines: readonly (readonly string[])[] = [
  [],
  ['--help'],
  ['--version'],
  ['help', 'synth'],
  ['deploy', '--help'],
  ['sinth'],
  ['check', '--format', 'json'],
  ['check', '--config', 'none.yaml'],
  ['lint', 'dist', '--format', 'json'],
  ['lint', 'test', '--format', 'json'],
  ['explain', 'api-gateway', '--format', 'json'],
  ['forecast'],
  ['instrument', 'dist', '--environment', 'production', '--diff'],
  ['deploy', '--dry-run', '--only', 'apply'],
];

test.each(commandLines.map((line) => [line.join(' '), line] as const))(
  'a bundle answers as the sources do: %s',
  async (_, line) => {
    expect(node(['bin/podhost.cjs', ...line])).toEqual(await capturedRun(...line));
  },
);

test('a bundle writes the files that the sources write', async () => {
  const folder = temporaryFolder();
  await capturedRun('synth', '--output', join(folder, 'a'));
  expect(node(['bin/podhost.cjs', 'synth', '--output', join(folder, 'b')]).status).toBe(0);
  expect(filesIn(join(folder, 'b'))).toEqual(filesIn(join(folder, 'a')));
});

test('a bundle finds what is left in node_modules, also when it names the places of the sources', () => {
  const config = join(temporaryFolder(), 'wrong.yaml');
  writeFileSync(config, 'name: 1\n');
  const line = ['bin/podhost.cjs', 'check', '--config', config];
  const answer = node(line);
  expect([answer.status, answer.stdout]).toEqual([2, expect.stringContaining('name must be a DNS label')]);
  expect(node(line, { DEBUG: '1' })).toEqual(answer);
});

/** A checkout of a program that prints a word. */
function checkout(word: string): {
  readonly source: string;
  readonly cache: string;
  run(env?: Readonly<Record<string, string>>, ...args: readonly string[]): ReturnType<typeof node>;
} {
  const folder = temporaryFolder();
  const source = join(folder, 'lib/cli/podhost.ts');
  writeFiles(folder, {
    'lib/cli/podhost.ts': printing(word),
    'imports/none.ts': '',
    'scripts/deferred-zod/none.cjs': '',
    'package.json': '{}',
    'package-lock.json': '{}',
    'tsconfig.json': '{}',
    'node_modules/.package-lock.json': '{}',
  });
  symlinkSync(resolve('node_modules/esbuild'), join(folder, 'node_modules/esbuild'));
  cpSync('bin', join(folder, 'bin'), { recursive: true });
  for (const name of ['bundle.mjs', 'checkout-bundle.cjs', 'late-modules.mjs', 'source-changes.mjs']) {
    cpSync(join('scripts', name), join(folder, 'scripts', name));
  }
  settle(folder);
  const cache = join(folder, 'node_modules/.cache/podhost');
  return {
    source,
    cache,
    run: (env = {}, ...args) => node([join(folder, 'bin/podhost.cjs'), 'synth', ...args], { DEBUG: '', ...env }),
  };
}

const printing = (word: string): string => `const word: string = '${word}';\nconsole.log(word);\n`;

/** Waits until the times of all files are those of a past moment. */
function settle(folder: string): void {
  const newest = Math.max(
    ...readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((path) => statSync(join(folder, path)).ctimeMs),
  );
  while (Date.now() - newest < 60) {}
}

const codeIn = (cache: string) => Object.keys(filesIn(cache)).filter((path) => path.endsWith('.code'));

test('a source that was edited is bundled anew, even with its old length and time', () => {
  const { source, run } = checkout('before');
  expect([run().stdout, run().stdout]).toEqual(['before\n', 'before\n']);
  const { atime, mtime } = statSync(source);
  writeFileSync(source, printing('behind'));
  utimesSync(source, atime, mtime);
  expect(run()).toEqual({ status: 0, stdout: 'behind\n', stderr: '' });
});

test('packages are bundled again when a lock file has changed, and not when a source has', () => {
  const { source, cache, run } = checkout('before');
  const packages = () => Object.keys(filesIn(cache)).filter((path) => /packages-[0-9a-f]+\.cjs$/.test(path));
  run();
  const [first = ''] = packages();
  const { mtimeMs } = statSync(join(cache, first));
  writeFileSync(source, printing('behind'));
  settle(join(cache, '../../..'));
  expect([run().stdout, packages(), statSync(join(cache, first)).mtimeMs]).toEqual(['behind\n', [first], mtimeMs]);
  writeFileSync(join(cache, '../../../package-lock.json'), '{ }');
  settle(join(cache, '../../..'));
  run();
  expect([packages().length, packages().includes(first)]).toEqual([1, false]);
});

test('the second run reads the bundle and the machine code of the first', () => {
  const { cache, run } = checkout('again');
  run();
  const [code = ''] = codeIn(cache);
  const before = filesIn(cache);
  const written = statSync(join(cache, code)).mtimeMs;
  expect([run().stdout, filesIn(cache), statSync(join(cache, code)).mtimeMs]).toEqual(['again\n', before, written]);
});

test('machine code that is damaged is written anew', () => {
  const { cache, run } = checkout('sound');
  run();
  const [code = ''] = codeIn(cache);
  const path = join(cache, code);
  const sound = readFileSync(path);
  writeFileSync(path, sound.subarray(0, 100));
  expect(run().stdout).toBe('sound\n');
  expect(readFileSync(path).length).toBeGreaterThan(100);
});

test('machine code of a run that failed is used until one succeeds', () => {
  const { source, cache, run } = checkout('x');
  writeFileSync(source, "process.exitCode = Number(process.env['STATUS']);\n");
  settle(join(source, '../../..'));
  const kept = () => [...new Set(codeIn(cache).map((path) => path.replace(/^.*?(\.failed)?\.code$/, '$1')))];
  expect([run({ STATUS: '2' }).status, kept()]).toEqual([2, ['.failed']]);
  const [failed = ''] = codeIn(cache);
  const { mtimeMs } = statSync(join(cache, failed));
  expect([run({ STATUS: '2' }).status, statSync(join(cache, failed)).mtimeMs]).toEqual([2, mtimeMs]);
  expect([run({ STATUS: '0' }).status, kept()]).toEqual([0, ['']]);
});

test('what a run with --help has called is not kept for the command', () => {
  const { cache, run } = checkout('x');
  run({}, '--help');
  expect(codeIn(cache).filter((path) => path.includes('-synth-'))).toEqual([]);
});

test('a cache that cannot be written changes nothing', () => {
  const { cache, run } = checkout('slow');
  writeFiles(join(cache, '../..'), { '.cache': 'a file' });
  expect([run(), run()]).toEqual(Array.from({ length: 2 }, () => ({ status: 0, stdout: 'slow\n', stderr: '' })));
});

test('a source that does not compile is reported with its place', () => {
  const { source, run } = checkout('x');
  writeFileSync(source, 'const = 1;\n');
  const { status, stderr } = run();
  expect([status, stderr]).toEqual([3, expect.stringContaining('lib/cli/podhost.ts:1:6: ERROR')]);
});

test('a character that a bundle would not hold as it is written is refused', () => {
  const { source, run } = checkout('x');
  writeFileSync(source, "console.log(/µs/.test('µs'), 'µ');\n");
  const { status, stderr } = run();
  expect([status, stderr]).toEqual([3, expect.stringContaining('write \\uXXXX')]);
  expect(stderr).toContain('/µs/');
});

test('DEBUG names the places of the sources', () => {
  const { source, run } = checkout('x');
  writeFileSync(source, 'interface A { b: 1 }\n\nconsole.log(new Error().stack as string);\n');
  expect(run({ DEBUG: '1' }).stdout).toContain('lib/cli/podhost.ts:3:13');
});

describe('of what is bundled', async () => {
  const fileOfExport = z.object({ file: z.string(), name: z.string().optional() });
  const names = z.array(z.string());
  const { latePackages, exportsOfPackage, lateSources, exportsOfSource, kubernetesClasses, withClasses } = z
    .object({
      latePackages: z.record(z.string(), names),
      exportsOfPackage: z.function({ input: [z.string()], output: z.map(z.string(), fileOfExport) }),
      lateSources: names,
      exportsOfSource: z.function({ input: [z.string()], output: names }),
      kubernetesClasses: names,
      withClasses: z.function({ input: [z.string(), names], output: z.string() }),
    })
    .parse({
      ...(await import(pathToFileURL('scripts/late-modules.mjs').href)),
      ...(await import(pathToFileURL('scripts/source-changes.mjs').href)),
    });
  const require = createRequire(import.meta.url);
  const loaded = (path: string) => z.record(z.string(), z.unknown()).parse({ ...require(path) });
  const sources = ['lib', 'imports'].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.ts'))
      .map((path) => readFileSync(join(folder, path), 'utf8')),
  );

  test.each(Object.entries(latePackages))('what is loaded late of %s is what the sources import', (name, exported) => {
    const values = loaded(name);
    const used = sources
      .flatMap((text) => [...text.matchAll(new RegExp(`^import \\{([^}]*)\\} from '${name}';$`, 'gm'))])
      .flatMap(([, list = '']) => list.split(','))
      .map((part) => part.trim())
      .filter((part) => Object.hasOwn(values, part));
    expect([...new Set(used)].sort()).toEqual([...exported].sort());
    expect(sources.filter((text) => new RegExp(`^import \\* as .* from '${name}'`, 'm').test(text))).toEqual([]);
  });

  test.each(Object.keys(latePackages))('what %s exports is where its text shows it', (name) => {
    const found = [...exportsOfPackage(require.resolve(name))];
    const values = loaded(name);
    expect(found.map(([key]) => key).sort()).toEqual(Object.keys(values).sort());
    for (const [key, { file, name: inFile }] of found) {
      expect(inFile === undefined ? require(file) : loaded(file)[inFile]).toBe(values[key]);
    }
  });

  test.each(lateSources)('the text of %s shows what it exports', async (path) => {
    const exported: unknown = await import(resolve(path));
    expect(exportsOfSource(readFileSync(path, 'utf8')).sort()).toEqual(
      Object.keys(z.looseObject({}).parse(exported)).sort(),
    );
  });

  test('the classes of Kubernetes are those that the sources use', () => {
    const used = sources.flatMap((text) => text.match(/(?<=\bk8s\.)(?:Kube\w+|IntOrString|Quantity)\b/g) ?? []);
    expect([...kubernetesClasses].sort()).toEqual([...new Set(used)].sort());
  });

  test('the classes of Kubernetes are those of the package, with all that they call', () => {
    const text = readFileSync(require.resolve('cdk8s-plus-27/lib/imports/k8s'), 'utf8');
    const kept = withClasses(text, kubernetesClasses);
    const exported: Record<string, unknown> = {};
    new Function('exports', 'require', kept)(exported, require);
    const whole = loaded('cdk8s-plus-27/lib/imports/k8s');
    const converters = [...new Set(kept.match(/\btoJson_\w+(?=\()/g))];
    const texts = (of: Record<string, unknown>) =>
      [...kubernetesClasses, ...converters].map((name) => [name, String(of[name]), Object(of[name]).GVK]);
    expect(texts(exported)).toEqual(texts(whole));
    expect(kept.length).toBeLessThan(text.length / 10);
  });
});
