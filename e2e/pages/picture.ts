import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pixelmatch from 'pixelmatch';
import { PNG } from 'pngjs';
import { cacheRoot } from '../parts/cache.ts';

const pictures = fileURLToPath(new URL('pictures', import.meta.url));

/** More pixels than these differ where a page changes, and fewer where Chromium smooths a letter otherwise. */
const mostPixels = 25;

/** Rounds shades that nobody distinguishes, so that a file of letters takes a third less space. */
function rounded(picture: Buffer): PNG {
  const png = PNG.sync.read(picture);
  for (const [index, shade] of png.data.entries()) {
    png.data[index] = Math.min(255, Math.round(shade / 8) * 8);
  }
  return png;
}

/**
 * Compares a picture with the committed one. With `UPDATE_PICTURES` in the environment it is written instead.
 *
 * @returns what differs; undefined where nothing does. The picture and the difference are written where the sentence names.
 */
export function differenceOf(name: string, picture: Buffer): string | undefined {
  const path = join(pictures, `${name}.png`);
  if ((process.env['UPDATE_PICTURES'] ?? '') !== '') {
    mkdirSync(pictures, { recursive: true });
    writeFileSync(path, PNG.sync.write(rounded(picture), { deflateStrategy: 0, filterType: 0, colorType: 2 }));
    return undefined;
  }
  const renew = 'run npm run test:pictures to accept it';
  if (!existsSync(path)) {
    return `there is no ${path}: ${renew}`;
  }
  const [wanted, found] = [rounded(readFileSync(path)), rounded(picture)];
  const { width, height } = wanted;
  const folder = join(cacheRoot(), 'pictures');
  mkdirSync(folder, { recursive: true });
  const seen = join(folder, `${name}.png`);
  if (width !== found.width || height !== found.height) {
    writeFileSync(seen, picture);
    return `${seen} has ${found.width}×${found.height} pixels, and ${path} ${width}×${height}: ${renew}`;
  }
  const difference = new PNG({ width, height });
  const pixels = pixelmatch(wanted.data, found.data, difference.data, width, height, { threshold: 0.05 });
  if (pixels <= mostPixels) {
    return undefined;
  }
  const differing = join(folder, `${name}.difference.png`);
  writeFileSync(seen, picture);
  writeFileSync(differing, PNG.sync.write(difference));
  return `${pixels} pixels of ${seen} differ from ${path}, red in ${differing}: ${renew}`;
}
