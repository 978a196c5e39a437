import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { verificationHtml } from '../../lib/verify/output/html.ts';
import { smallSystem } from '../../test/model/support/small-system.ts';
import { verificationOf } from '../../test/verify/support/small-verification.ts';
import { run } from '../parts/process.ts';
import { builtPodhost } from '../support/built-podhost.ts';
import { openPage, startBrowser, type View, views } from './browser.ts';
import { differenceOf } from './picture.ts';
import { shownVerification } from './shown-verification.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const folder = mkdtempSync(join(tmpdir(), 'podhost-pages-'));
const urlOf = (name: string): string => pathToFileURL(join(folder, `${name}.html`)).href;
const names = ['verify', 'verify-long', 'explain', 'explain-broken', 'lint', 'forecast'] as const;

const browser: Browser | undefined = await startBrowser(folder);

/** Writes a page by the installed command. */
async function write(name: string, ...args: readonly string[]): Promise<void> {
  const { stderr } = await run(process.execPath, [builtPodhost, ...args, '--html', join(folder, `${name}.html`)]);
  if (stderr.includes('Error')) throw new Error(stderr);
}

beforeAll(async () => {
  writeFileSync(join(folder, 'verify.html'), verificationHtml(verificationOf('api-gateway')));
  // A name as long as Kubernetes allows, and without a place to break it.
  writeFileSync(join(folder, 'verify-long.html'), verificationHtml(verificationOf('x'.repeat(253))));
  writeFileSync(join(folder, 'verify-shown.html'), verificationHtml(shownVerification()));
  writeFileSync(join(folder, 'app.yaml'), smallSystem({ env: { OTEL_SDK_DISABLED: 'true' } }));
  await write('explain', 'explain', 'api-gateway', 'dist');
  await write('explain-broken', 'explain', 'api', join(folder, 'app.yaml'));
  await write('lint', 'lint', join(folder, 'app.yaml'));
  await write('forecast', 'forecast', 'dist');
});

afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true });
});

async function looked(name: string, view: View, look: (page: Page) => Promise<void>): Promise<void> {
  if (browser === undefined) throw new Error('there is no browser');
  const { page, faults, close } = await openPage(browser, urlOf(name), view);
  try {
    await look(page);
    expect(faults).toEqual([]);
  } finally {
    await close();
  }
}

const violations = z.array(z.object({ id: z.string(), nodes: z.array(z.object({ html: z.string() })) }));

/** Run in the page, where types of a browser hold. */
const layoutScript = `({
  overflow: document.documentElement.scrollWidth - document.documentElement.clientWidth,
  headings: document.querySelectorAll('h1').length,
  hidden: [...document.querySelectorAll('h1, h2, .headline, .path li, thead th')].filter(
    (element) => element.getBoundingClientRect().height === 0,
  ).length,
  ground: getComputedStyle(document.body).backgroundColor,
})`;

const layoutShape = z.object({ overflow: z.number(), headings: z.number(), hidden: z.number(), ground: z.string() });

const focusScript = `(() => {
  const element = document.activeElement;
  return element === document.body ? null : {
    name: element.tagName,
    y: element.getBoundingClientRect().y + scrollY,
    outlineStyle: getComputedStyle(element).outlineStyle,
  };
})()`;

const focusShape = z.object({ name: z.string(), y: z.number(), outlineStyle: z.string() }).nullable();

const everything = names.flatMap((name) => views.map((view) => ({ name, view, looks: view.name })));

describe.skipIf(browser === undefined)('pages in Chromium', () => {
  test.each(everything)('the page $name is whole, accessible and silent: $looks', async ({ name, view }) => {
    await looked(name, view, async (page) => {
      const layout = layoutShape.parse(await page.evaluate(layoutScript));
      expect(layout).toMatchObject({ overflow: 0, headings: 1, hidden: 0 });
      const [red = 0] = (layout.ground.match(/\d+/g) ?? []).map(Number);
      expect(view.name === 'dark' ? red < 64 : red > 192).toBe(true);
      await page.evaluate(axe);
      const found = violations.parse(await page.evaluate('axe.run().then(({ violations }) => violations)'));
      expect(found.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);
    });
  });

  test.each(views)('the page of verify looks as it did: $name', async (view) => {
    await looked('verify-shown', view, async (page) => {
      const picture = await page.screenshot({ fullPage: true, animations: 'disabled', scale: 'css' });
      expect(differenceOf(`verify-${view.name}`, picture)).toBeUndefined();
    });
  });

  test('on paper what is folded is printed', async () => {
    const [print] = views.filter(({ name }) => name === 'print');
    if (print === undefined) throw new Error('there is no such view');
    await looked('verify', print, async (page) => {
      const folded = page.locator('details details li').first();
      expect((await folded.boundingBox())?.height ?? 0).toBeGreaterThan(0);
      expect((await page.pdf()).length).toBeGreaterThan(1000);
    });
  });

  test('the keyboard reaches tables and folded parts in the order of the page, and opens them', async () => {
    const [light] = views;
    if (light === undefined) throw new Error('there is no view');
    await looked('verify', light, async (page) => {
      const reached: string[] = [];
      for (let press = 0; press < 12; press++) {
        await page.keyboard.press('Tab');
        const focused = focusShape.parse(await page.evaluate(focusScript));
        if (focused === null) break;
        expect(focused.outlineStyle).not.toBe('none');
        reached.push(`${focused.name} ${focused.y.toFixed(0).padStart(6, '0')}`);
      }
      expect(reached.map((each) => each.split(' ')[0])).toEqual(expect.arrayContaining(['DIV', 'SUMMARY']));
      const heights = reached.map((each) => each.split(' ')[1] ?? '');
      expect(heights).toEqual(heights.toSorted());
      const summary = page.locator('details details summary').first();
      await summary.focus();
      await page.keyboard.press('Enter');
      expect(await page.locator('details details').first().getAttribute('open')).not.toBeNull();
    });
  });
});
