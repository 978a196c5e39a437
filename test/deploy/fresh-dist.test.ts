import { renameSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { App } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import { loadSystem } from '../../lib/config/load-system.ts';
import { System } from '../../lib/constructs/system.ts';
import { assertFreshDist } from '../../lib/deploy/fresh-dist.ts';
import { generatedHeader } from '../../lib/files/generated-mark.ts';
import { synthesize } from '../../lib/synth/synthesize.ts';
import { filesIn, temporaryFolder, writeFiles } from '../support/temporary-folder.ts';

const config = 'config/dataprime-demo.yaml';
const loaded = loadSystem(config);

function freshDist(): string {
  const dist = join(temporaryFolder(), 'dist');
  const app = new App({ outdir: dist });
  new System(app, 'System', loaded);
  synthesize(app);
  return dist;
}

describe('a folder that was just synthesized', () => {
  test('is deployed, and nothing in it changes', () => {
    const dist = freshDist();
    const before = filesIn(dist);
    expect(assertFreshDist(loaded, dist, config).map(({ path }) => path)).toContain('00-namespace.yaml');
    expect(filesIn(dist)).toEqual(before);
  });

  test('a folder of an older version without a list of files is deployed', () => {
    const dist = freshDist();
    rmSync(join(dist, '.podhost'), { recursive: true });
    expect(() => assertFreshDist(loaded, dist, config)).not.toThrow();
  });

  test('a folder may hold manifests that were not generated, and subfolders of other systems', () => {
    const dist = freshDist();
    writeFiles(dist, {
      'mine.yaml': 'kind: ConfigMap\n',
      'web/30-a.yaml': generatedHeader,
      'notes.txt': generatedHeader,
    });
    expect(() => assertFreshDist(loaded, dist, config)).not.toThrow();
  });
});

describe('a folder is refused', () => {
  const refused = (arrange: (dist: string) => void): string => {
    const dist = freshDist();
    arrange(dist);
    try {
      assertFreshDist(loaded, dist, config);
    } catch (error) {
      return error instanceof Error && 'code' in error ? String(error.code) : String(error);
    }
    return 'fresh';
  };

  test.each<[string, (dist: string) => void, string]>([
    ['that is not there', (dist) => rmSync(dist, { recursive: true }), 'deploy/no-dist'],
    [
      'with a file that is changed',
      (dist) => writeFiles(dist, { '10-config.yaml': generatedHeader }),
      'deploy/stale-dist',
    ],
    ['without a file', (dist) => rmSync(join(dist, '10-config.yaml')), 'deploy/stale-dist'],
    [
      'with a file that the system no longer has',
      (dist) =>
        writeFiles(dist, {
          '.podhost/dataprime-demo': `${generatedHeader}30-old.yaml\n`,
          '30-old.yaml': generatedHeader,
        }),
      'deploy/stale-dist',
    ],
    [
      'with a generated manifest of nobody',
      (dist) => writeFiles(dist, { '30-old.yaml': generatedHeader }),
      'deploy/other-manifests',
    ],
    [
      'with one of another system',
      (dist) => writeFiles(dist, { '.podhost/web': `${generatedHeader}web.yml\n`, 'web.yml': generatedHeader }),
      'deploy/other-manifests',
    ],
    [
      'whose sub-folder is a link',
      (dist) => {
        renameSync(join(dist, 'helm'), join(dist, 'real'));
        symlinkSync('real', join(dist, 'helm'));
      },
      'synth/linked-folder',
    ],
  ])('%s', (_, arrange, code) => {
    expect(refused(arrange)).toBe(code);
  });
});
