import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { Installation, node, SizedSystem, versions } from './commands.ts';
import { judgedRatio, keyOf, limitOf, publishedRows } from './limits.ts';
import { type Command, hasUsage } from './measured-process.ts';
import { figureLine, type Result, type Row, ratioLine, resultOf } from './row.ts';

// node --import tsx bench/run.ts [--quick] [--runs=N]: writes docs/benchmarks.md; quick, it judges the small sizes, by
// their goals or by that page where it does not reach them, and writes nothing.
const isQuick = process.argv.includes('--quick');

/** Pairs of a row; a third of them where a run takes seconds. */
const runs = Number(/^--runs=(\d+)$/m.exec(process.argv.join('\n'))?.[1] ?? (isQuick ? 5 : 9));

const pageFile = 'docs/benchmarks.md';

const table = (head: readonly string[], lines: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...lines].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

function rowsIn(folder: string): Row[] {
  const installation = new Installation(folder);
  for (const path of ['bin', 'build', 'package.json']) {
    cpSync(path, join(installation.folder, path), { recursive: true });
  }
  const system = (size: number) => new SizedSystem(folder, installation, size);
  const small = system(9);
  const medium = system(100);
  const row = (command: Command, against: Command | undefined, goal: number, figure: Row['figure'] = 'wall') => ({
    ...{ command, against, goal, figure, runs },
  });
  const helm = versions.helm === undefined ? undefined : (of: SizedSystem) => of.helm();
  const kustomize = versions.kubectl === undefined ? undefined : (of: SizedSystem) => of.kustomize();
  /** Nothing where the peer is missing. */
  const peer = (rows: readonly Row[]) => rows.filter(({ against }) => against !== undefined);
  const empty: Command = { name: '`npm run` of an empty script', line: ['npm', 'run', '--silent', 'bench:empty'] };
  const checkout: Command = { name: '`npm run synth`', line: ['npm', 'run', '--silent', 'synth'] };
  const forgotten = () => rmSync('node_modules/.cache/podhost', { recursive: true, force: true });
  const edited = () => {
    const now = new Date();
    utimesSync('lib/synth/synthesize.ts', now, now);
    // A bundle of sources that changed a moment ago is not kept.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100);
  };
  const rows: Row[] = [
    row(small.synth(), node, 1.7),
    row(installation.podhost('`--version`', '--version'), node, 1.2),
    row(installation.podhost('`--help`', '--help'), node, 1.2),
    row(small.check(), node, 1.5),
    row({ ...checkout, name: '`npm run synth`, after an edit of a source', before: edited }, empty, 4),
    row({ ...checkout, name: '`npm run synth`, with nothing that `npm ci` has bundled', before: forgotten }, empty, 4),
    row(checkout, empty, 1.7),
    ...peer([row(medium.synth(), helm?.(medium), 1.5), row(medium.synth(), kustomize?.(medium), 0.5)]),
  ];
  if (isQuick) {
    return rows;
  }
  const large = system(1_000);
  const smallUnlike = new SizedSystem(folder, installation, 9, 'unlike');
  const largeUnlike = new SizedSystem(folder, installation, 1_000, 'unlike');
  const smallMixed = new SizedSystem(folder, installation, 9, 'mixed');
  const largeMixed = new SizedSystem(folder, installation, 1_000, 'mixed');
  const huge = system(10_000);
  const few = (of: Row) => ({ ...of, runs: Math.ceil(runs / 3) });
  return [
    ...rows,
    row(smallUnlike.synth(), node, 1.7),
    row(smallMixed.synth(), node, 1.7),
    ...peer([
      row(large.synth(), helm?.(large), 0.7),
      row(large.synth(), helm?.(large), 1, 'cpu'),
      few(row(large.synth(), kustomize?.(large), 0.5)),
      row(largeUnlike.synth(), helm?.(largeUnlike), 0.7),
      row(largeUnlike.synth(), helm?.(largeUnlike), 1, 'cpu'),
      few(row(huge.synth(), helm?.(huge), 0.35)),
      few(row(huge.synth(), helm?.(huge), 0.75, 'memory')),
    ]),
    row(largeMixed.synth(), large.synth(), 2, 'cpu'),
    few(row(large.synth(), undefined, 125, 'memory')),
    few(row(huge.synth(), large.synth(), 11)),
    // The command of cdk8s takes several minutes for 10,000.
    ...[small, medium, large].map((of) => few(row(of.synth(), of.cdk8s(), 0.15))),
    few(row(large.lint(), undefined, 1)),
    few(row(huge.lint(), undefined, 6)),
    few(row(large.instrument(), undefined, 1)),
    few(row(huge.explain(), huge.lint(), 1)),
    few(row(huge.forecast(), huge.lint(), 1)),
  ].filter(({ figure }) => hasUsage || figure === 'wall');
}

function page(results: readonly Result[]): string {
  const known = Object.entries(versions).map(([name, version]) => `${name} ${version ?? 'is missing'}`);
  return `# Benchmarks

\`npm run bench\` writes this page: whole processes, start-up included, both sides in turn in one run, on Node ${process.version} with
${availableParallelism()} cores; ${[...known, ...(hasUsage ? [] : ['GNU time is missing, so that CPU and memory are not compared'])].join('; ')}. Every side writes its manifests into an empty folder
of the same file system. What each reads has been read before, and the machine code of the command has been kept by an
earlier run, unless the row says otherwise. A ratio is the median of the pairs, beside it the smallest and the largest. For minutes
after another run, ext4 takes three times as long to create files, since many were deleted: those rows are wrong then.
The services are alike but for name and port, unless the row says otherwise: those that are not alike have a variable with a value
of its own each, those of a mixed system are of five kinds, with variables, secrets, labels, resources and probes of their own. The
chart and the kustomization hold the same objects. Of services that differ in such values alone \`synth\` constructs one.

${table(['work', 'against', 'figure', 'ratio', 'spread', 'ratio of CPU', 'goal', 'reached'], results.map(ratioLine))}

The medians behind them, which say more about the machine than about the commands:

${table(['work', 'figure', 'median', 'against', 'median', 'pairs'], results.map(figureLine))}
`;
}

/** A row that exceeds its limit is measured twice more, since the machine may have been busy for a while. */
function leastRatio(result: Result, limit: number): number {
  let least = judgedRatio(result);
  for (let again = 0; again < 2 && least > limit; again += 1) {
    least = Math.min(least, judgedRatio(resultOf(result.row)));
  }
  return least;
}

spawnSync('npm', ['run', '--silent', 'build'], { stdio: 'inherit' });
const folder = mkdtempSync(join(tmpdir(), 'podhost-bench-'));
try {
  const results = rowsIn(folder).map((row) => {
    const result = resultOf(row);
    console.log(ratioLine(result).join('  '));
    return result;
  });
  if (isQuick) {
    const published = publishedRows(readFileSync(pageFile, 'utf8'));
    const failed = results.flatMap((result) => {
      const { row } = result;
      const limit = limitOf(row, published);
      const ratio = leastRatio(result, limit);
      return ratio <= limit ? [] : [`${keyOf(row)}: ${ratio.toFixed(2)}, at most ${limit.toFixed(2)}`];
    });
    console.log([`${failed.length} of ${results.length} rows exceed what they may be`, ...failed].join('\n'));
    process.exitCode = failed.length > 0 ? 1 : 0;
  } else {
    writeFileSync(pageFile, page(results));
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
