import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { chromium } from 'playwright-core';
import { ensureParts } from '../parts/ensure.ts';
import { writeFontConfiguration } from './fonts.ts';

/** How a page is looked at. */
export interface View {
  readonly name: 'light' | 'dark' | 'phone' | 'print';
  readonly options: BrowserContextOptions;
}

const desktop = { width: 1280, height: 900 };

export const views: readonly View[] = [
  { name: 'light', options: { colorScheme: 'light', viewport: desktop } },
  { name: 'dark', options: { colorScheme: 'dark', viewport: desktop } },
  { name: 'phone', options: { colorScheme: 'light', viewport: { width: 360, height: 740 }, isMobile: true } },
  { name: 'print', options: { colorScheme: 'light', viewport: { width: 794, height: 1123 } } },
];

/** Root has no sandbox. Letters and colours are drawn alike whatever screen and fonts a machine is set up for. */
const launchArgs = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-lcd-text',
  '--font-render-hinting=none',
  '--force-color-profile=srgb',
];

/**
 * The browser of the machine, or of Debian; undefined, with a line that names the reason, where there is none.
 *
 * @param folder for its fonts
 */
export async function startBrowser(folder: string): Promise<Browser | undefined> {
  try {
    const { chromium: executablePath } = await ensureParts(['chromium']);
    const env = { ...process.env, FONTCONFIG_FILE: writeFontConfiguration(folder) };
    return await chromium.launch({ executablePath, args: launchArgs, env });
  } catch (error) {
    const reason = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
    process.stderr.write(`pages: skipped, because no Chromium can be started: ${reason}\n`);
    return undefined;
  }
}

export interface OpenPage {
  readonly page: Page;
  /** What the console, the page and requests report. */
  readonly faults: readonly string[];
  close(): Promise<void>;
}

/** Opens a file as a reader does. */
export async function openPage(browser: Browser, url: string, { name, options }: View): Promise<OpenPage> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const faults: string[] = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) faults.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => faults.push(`page: ${error.message}`));
  page.on('request', (request) => {
    if (request.url() !== url) faults.push(`request: ${request.url()}`);
  });
  await page.goto(url);
  if (name === 'print') await page.emulateMedia({ media: 'print' });
  return { page, faults, close: () => context.close() };
}
