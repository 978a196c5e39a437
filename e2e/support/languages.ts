import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cacheRoot, contentKey, dropOlder, keyedFolder } from '../parts/cache.ts';
import { ensureParts } from '../parts/ensure.ts';
import { type ProcessOptions, run } from '../parts/process.ts';
import { withProgress } from '../parts/progress.ts';

const name = 'languages';
const sources = fileURLToPath(new URL('../data-plane/languages', import.meta.url));

/** The agent, and the API of the same release for the service's own spans. */
const agent = 'io.opentelemetry.javaagent:opentelemetry-javaagent:2.22.0';
const api = ['api', 'common', 'context'].map((part) => `io.opentelemetry:opentelemetry-${part}:1.56.0`);

export const languages = ['Node.js SDK', 'Go SDK', 'Java agent'] as const;
export type Language = (typeof languages)[number];

/** The commands of one service in each language, with their packages from the registries: at once when they were built before. */
export async function ensureLanguages(): Promise<Readonly<Record<Language, readonly string[]>>> {
  const { java, javac, mvn } = await ensureParts(['java', 'javac', 'mvn']);
  const key = contentKey([agent, ...api, process.version, ...textsBelow(sources)]);
  const folder = keyedFolder(name, key);
  if (!existsSync(folder)) {
    await withProgress('services in Node.js, Go and Java', 4, () => build(folder, { javac, mvn }));
    dropOlder(name, key);
  }
  const jar = join(folder, 'java', agent.split(':').slice(1).join('-'));
  return {
    'Node.js SDK': [process.execPath, join(folder, 'node', 'service.js')],
    'Go SDK': [join(folder, 'go', 'service')],
    'Java agent': [
      java,
      `-javaagent:${jar}.jar`,
      '-cp',
      `${join(folder, 'java')}:${join(folder, 'java', '*')}`,
      'Service',
    ],
  };
}

/** Builds aside and renames, so that what is in the cache is always whole. */
async function build(folder: string, { javac, mvn }: Readonly<Record<'javac' | 'mvn', string>>): Promise<void> {
  mkdirSync(cacheRoot(), { recursive: true });
  const aside = mkdtempSync(join(cacheRoot(), 'building-'));
  try {
    cpSync(sources, aside, { recursive: true });
    const inFolder = (language: string) => join(aside, language);
    await command('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts'], { cwd: inFolder('node') });
    const env = { CGO_ENABLED: '0', GOFLAGS: '', GOWORK: 'off', GOTOOLCHAIN: 'local' };
    await command('go', ['build', '-mod=mod', '-buildvcs=false', '-o', 'service', '.'], { cwd: inFolder('go'), env });
    for (const artifact of [agent, ...api]) {
      const copy = ['--quiet', '--batch-mode', 'dependency:copy', `-Dartifact=${artifact}`, '-DoutputDirectory=.'];
      await command(mvn, copy, { cwd: inFolder('java') });
    }
    await command(javac, ['-cp', '*', 'Service.java'], { cwd: inFolder('java') });
    renameSync(aside, folder);
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
}

async function command(path: string, args: readonly string[], options: ProcessOptions): Promise<void> {
  const { exitCode, stdout, stderr } = await run(path, args, { ...options, timeoutMilliseconds: 900_000 });
  if (exitCode !== 0) {
    throw new Error(`${path} ${args.join(' ')} failed\n${stdout}${stderr}\nRun \`npm run e2e:parts\` first`);
  }
}

const textsBelow = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name: file }) => join(parentPath, file))
    .sort()
    .map((path) => readFileSync(path, 'utf8'));
