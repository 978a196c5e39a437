import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { generatedHeader } from '../../lib/files/generated-mark.ts';
import { capturedRun } from '../cli/captured-run.ts';
import { minimal } from '../config/minimal.ts';
import { filesIn, writeFiles } from '../support/temporary-folder.ts';
import { failedRun, foreign, linkAt, newPlace, type Place, pipeAt, synthArgs, treeOf } from './support/place.ts';

describe('nothing of somebody else is read, moved or removed', () => {
  test.each<[string, (place: Place) => string]>([
    ['the folder of the configuration', ({ root }) => root],
    [
      'a link to the output folder',
      ({ root, dist }) => {
        mkdirSync(dist);
        return linkAt(join(root, 'link'), 'dist');
      },
    ],
    ['an output folder with a space and quotes', ({ root }) => join(root, `my "dist" 'x' $HOME`)],
    ['an output folder that begins with a dash', ({ root }) => join(root, '-dist')],
  ])('in %s', async (_, outputOf) => {
    const place = newPlace();
    const files = {
      'old.yaml': generatedHeader,
      'app/deploy.yaml': foreign,
      '.git/config': '[core]\n',
      'package.json': '{}',
    };
    const output = outputOf(place);
    writeFiles(output, files);
    for (let index = 0; index < 2000; index++) {
      writeFileSync(join(output, `mine-${index}.yaml`), foreign);
    }
    pipeAt(join(output, 'app', 'waits-for-ever.yaml'));
    const before = treeOf(output);
    expect(await capturedRun(...synthArgs(place, output))).toMatchObject({ status: 0 });
    expect(treeOf(output)).toMatchObject(before);
    // Also not by the run that removes all of its own.
    const config = join(place.root, 'site.yaml');
    writeFileSync(config, minimal.replace('name: web', 'name: site').replace('service: web', 'service: site'));
    const { status, stderr } = await capturedRun(...synthArgs({ ...place, config }, output));
    expect([status, stderr]).toEqual([0, expect.stringContaining(`${join(output, '30-web.yaml')}: removed`)]);
    expect(treeOf(output)).toMatchObject(before);
  });

  test('by a system in a folder around that of another', async () => {
    const { root, config } = newPlace();
    const inner = join(root, 'dist', 'shop');
    await capturedRun('synth', '--config', config, '--output', inner);
    const before = filesIn(inner);
    const web = join(root, 'web.yaml');
    writeFileSync(web, minimal.replaceAll('shop', 'web'));
    const { status, stdout } = await capturedRun(
      'synth',
      '--config',
      web,
      '--output',
      join(root, 'dist'),
      '--format',
      'json',
    );
    expect([status, JSON.parse(stdout).removed]).toEqual([0, []]);
    expect(filesIn(inner)).toEqual(before);
  });

  test('by a second system in the same folder, which names the files and both remedies', async () => {
    const place = newPlace();
    await capturedRun(...synthArgs(place));
    const before = filesIn(place.dist);
    writeFileSync(place.config, minimal.replace('name: shop\n', 'name: store\n'));
    const { status, stdout } = await failedRun(...synthArgs(place));
    expect(status).toBe(2);
    expect(stdout).toContain('files of the system shop that store would overwrite: 00-namespace.yaml, ');
    expect(stdout).toContain(`if shop is now called store, rename ${join(place.dist, '.podhost/shop')} to store`);
    expect(filesIn(place.dist)).toEqual(before);
  });
});

test('lint reads no list', async () => {
  const place = newPlace();
  await capturedRun(...synthArgs(place));
  const withList = await capturedRun('lint', place.dist);
  rmSync(join(place.dist, '.podhost'), { recursive: true });
  expect(await capturedRun('lint', place.dist)).toEqual(withList);
});
