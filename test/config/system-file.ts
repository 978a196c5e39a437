import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { checkSystem, type LoadedSystem, loadSystem } from '../../lib/config/load-system.ts';
import type { Problem } from '../../lib/problems/problem.ts';

/** A configuration file that each test writes anew, in a folder that is removed after the tests of a file. */
export function systemFile() {
  const folder = mkdtempSync(join(tmpdir(), 'podhost-config-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'system.yaml');
  return {
    folder,
    file,
    load(content: string | Uint8Array): LoadedSystem {
      writeFileSync(file, content);
      return loadSystem(file);
    },
    check(content: string | Uint8Array): readonly Problem[] {
      writeFileSync(file, content);
      return checkSystem(file);
    },
  };
}

/** `line:column code`. */
export const placeAndCode = ({ code, place }: Problem): string => `${place?.line}:${place?.column} ${code}`;
