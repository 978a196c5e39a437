import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { capturedRun } from '../cli/captured-run.ts';
import { changed } from '../config/broken/broken-config.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { limits } from './limits/index.ts';

/** A configuration file in a folder of its own. */
function configured(text: string): { readonly folder: string; readonly file: string } {
  const folder = temporaryFolder();
  const file = join(folder, 'shop.yaml');
  writeFileSync(file, text);
  return { folder, file };
}

describe('what Kubernetes, Linux or the collector refuses is refused first, in its place, with what to write', () => {
  test.each(limits)('%s', async (_, change, code) => {
    const { text, places } = changed(change);
    const { folder, file } = configured(text);
    const { status, stdout, stderr } = await capturedRun('check', '--config', file, '--format', 'json');
    expect([status, stderr]).toEqual([2, '']);
    const { problems } = JSON.parse(stdout);
    expect(problems).toEqual([
      expect.objectContaining({
        code,
        message: expect.stringMatching(/^[^\p{Cc}\p{Cs}]{9,500}$/u),
        suggestion: expect.stringMatching(/^(write|remove|run)\b[^\p{Cc}\p{Cs}]*$/u),
      }),
    ]);
    const [{ place }] = problems;
    expect(`${place.line}:${place.column}`).toBe(places[0]);

    const output = join(folder, 'dist');
    const synth = await capturedRun('synth', '--config', file, '--output', output, '--format', 'json');
    expect([synth.status, JSON.parse(synth.stdout)]).toEqual([2, { version: 1, problems }]);
    expect(existsSync(output)).toBe(false);
  });
});
