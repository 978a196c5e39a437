import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { capturedRun } from '../cli/captured-run.ts';
import { type SmallSystemProps, smallSystem } from '../model/support/small-system.ts';
import { temporaryFolder, writeFiles } from '../support/temporary-folder.ts';
import { elementsOf } from './elements.ts';

/** The page that a command writes, and what it prints besides. */
async function pageOf(command: readonly string[], props: SmallSystemProps | undefined) {
  const folder = temporaryFolder();
  const file = join(temporaryFolder(), 'page.html');
  if (props !== undefined) {
    writeFiles(folder, { 'app.yaml': smallSystem(props) });
  }
  const run = await capturedRun(...command, props === undefined ? 'dist' : folder, '--html', file);
  const page = readFileSync(file, 'utf8');
  expect(page).not.toMatch(/<script|https?:\/\/(?!\S*:4317)|url\(|@import/i);
  return { ...run, page, elements: elementsOf(page) };
}

test('the page of explain shows the whole path without a cut', async () => {
  const { page, status, stdout } = await pageOf(['explain', 'api-gateway'], undefined);
  expect([status, stdout]).toEqual([0, expect.stringContaining('every span arrives')]);
  expect(page).toContain('<title>The path of api-gateway: Whole</title>');
  expect(page).not.toContain(' cut"');
  expect(page).toContain('<th scope="row">k8s_pod_name</th>');
});

test('the page of explain cuts the path at the first broken hop', async () => {
  const { page, status } = await pageOf(['explain', 'api'], { env: { OTEL_SDK_DISABLED: 'true' } });
  expect(status).toBe(1);
  expect(page.match(/<li class="broken cut">/g)).toHaveLength(1);
  expect(page).toContain('breaks at SDK: sends no spans: it is switched off');
});

test('the page of lint has each finding with its place and a picture of each path', async () => {
  const { page, status, elements } = await pageOf(['lint'], { env: { OTEL_SDK_DISABLED: 'true' } });
  expect(status).toBe(0);
  expect(page).toContain('<code>no-disabled-sdk</code>');
  expect(page).toMatch(/app\.yaml:\d+:\d+<\/code><br>To mend it: <code>/);
  expect(page).toContain('<li class="broken cut">');
  expect(elements.get('ol')).toBe(1);
});

test('the page of lint without findings is green, and has no list of them', async () => {
  const { page, status } = await pageOf(['lint'], undefined);
  expect([status, page.includes('<h2>Findings</h2>')]).toEqual([0, false]);
});

test('the page of forecast has a bar for each service, with its share in words', async () => {
  const { page, status, elements } = await pageOf(['forecast'], undefined);
  expect(status).toBe(0);
  expect(page).toMatch(/aria-label="api-gateway: \d+ % of all series"/);
  expect(elements.get('svg') ?? 0).toBeGreaterThan(9);
  expect(elements.get('rect')).toBe(2 * (elements.get('svg') ?? 0));
});

test.each(['explain', 'lint', 'forecast'])('a secret in the files is masked on the page of %s', async (command) => {
  const secret = 'ghp_16C7e42F292c6912E7710c838347Ae178B4a';
  const args = command === 'explain' ? [command, 'api'] : [command];
  const { page } = await pageOf(args, { env: { OTEL_EXPORTER_OTLP_HEADERS: `authorization=Bearer ${secret}` } });
  expect(page).not.toContain(secret);
});
