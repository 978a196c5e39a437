import { join } from 'node:path';
import { ApiObject, App, Chart } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import { loadSystem } from '../../lib/config/load-system.ts';
import { ExtraFile } from '../../lib/constructs/output.ts';
import { System } from '../../lib/constructs/system.ts';
import { generatedHeader } from '../../lib/files/generated-mark.ts';
import { synthesize } from '../../lib/synth/synthesize.ts';
import { filesIn, temporaryFolder } from '../support/temporary-folder.ts';

function appWith(output: string, ...charts: readonly string[]): App {
  const app = new App({ outdir: output });
  for (const chart of charts) {
    new ApiObject(new Chart(app, chart), 'Object', { apiVersion: 'v1', kind: 'ConfigMap' });
  }
  return app;
}

class ExtraText extends ExtraFile {
  constructor(
    scope: App,
    readonly path: string,
  ) {
    super(scope, path.replaceAll('/', '-'));
  }

  render(): string {
    return generatedHeader;
  }
}

test('files belong to the system that the app is', () => {
  const app = new App({ outdir: join(temporaryFolder(), 'dist') });
  new System(app, 'System', loadSystem('config/dataprime-demo.yaml'));
  const { list, written } = synthesize(app);
  expect(list).toBe('.podhost/dataprime-demo');
  const text = filesIn(app.outdir)[list] ?? '';
  expect(text.split('\n').slice(1, -1)).toEqual([...written].sort());
});

test('an app without a system lists its files too, and says what it removes', () => {
  const output = temporaryFolder();
  synthesize(appWith(output, 'a', 'b'));
  expect(synthesize(appWith(output, 'a'))).toEqual({
    ...{ output, list: '.podhost/app', written: [], removed: ['b.yaml'], adopted: [], left: [], unchanged: 1 },
  });
});

test('apps with different names share a folder', () => {
  const output = temporaryFolder();
  synthesize(appWith(output, 'a'), { name: 'one' });
  synthesize(appWith(output, 'b'), { name: 'two' });
  expect(Object.keys(filesIn(output)).sort()).toEqual(['.podhost/one', '.podhost/two', 'a.yaml', 'b.yaml']);
});

describe('an app is refused before anything is written', () => {
  test.each(['../out.yaml', '/etc/passwd', '.podhost/app', 'a//b'])('with a file at %s', (path) => {
    const output = temporaryFolder();
    const app = appWith(output, 'a');
    new ExtraText(app, path);
    expect(() => synthesize(app)).toThrow(expect.objectContaining({ code: 'synth/bad-path' }));
    expect(filesIn(output)).toEqual({});
  });

  test('with two files at one path', () => {
    const output = temporaryFolder();
    const app = appWith(output, 'a');
    new ExtraText(app, 'a.yaml');
    expect(() => synthesize(app)).toThrow('the app writes two files to a.yaml');
  });

  test.each(['', '.hidden', 'a.yaml', 'a/b', '..', 'a b'])('with the name %j', (name) => {
    const output = temporaryFolder();
    expect(() => synthesize(appWith(output, 'a'), { name })).toThrow(
      expect.objectContaining({ code: 'synth/bad-name' }),
    );
    expect(filesIn(output)).toEqual({});
  });
});
