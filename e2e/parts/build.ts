import { ensureParts, type PartName, partNames } from './ensure.ts';

const asked = process.argv.slice(2);
const known = partNames.filter((name) => asked.includes(name));
const unknown = asked.filter((name) => !known.some((part) => part === name));

if (unknown.length > 0) {
  console.error(`no such part: ${unknown.join(', ')}; there are ${partNames.join(', ')}`);
  process.exit(2);
}
try {
  print(await ensureParts(asked.length > 0 ? known : partNames));
  if (asked.length === 0) {
    await ensureBrowser();
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(3);
}

/** The tests of pages run in a network of their own, where nothing can be fetched, and are skipped without a browser. */
async function ensureBrowser(): Promise<void> {
  try {
    await ensureParts(['chromium']);
  } catch (error) {
    const [reason = ''] = error instanceof Error ? error.message.split('\n') : [String(error)];
    console.error(`chromium: not there, so that the tests of pages are skipped: ${reason}`);
  }
}

function print(parts: Readonly<Record<PartName, string>>): void {
  for (const [name, path] of Object.entries(parts)) console.log(`${name}\t${path}`);
}
