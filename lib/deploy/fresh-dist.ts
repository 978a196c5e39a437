import { existsSync, readdirSync } from 'node:fs';
import { join, posix } from 'node:path';
import { podhost } from '../command-name.ts';
import { type ConfigFiles, configFlags, configName } from '../config/config-files.ts';
import type { LoadedSystem } from '../config/load-system.ts';
import { onFile } from '../files/call-problem.ts';
import { isGenerated } from '../files/generated-mark.ts';
import { lookAt } from '../files/present-file.ts';
import { PodhostError } from '../problems/podhost-error.ts';
import { outputChanges } from '../synth/output-changes.ts';
import { assertOutputLocation } from '../synth/output-location.ts';
import type { RenderedFile } from '../synth/rendered-file.ts';
import { systemFiles } from '../synth/system-files.ts';
import { firstFew } from '../text/list.ts';
import { operand, runInstruction, sh } from '../text/shell.ts';

/**
 * Ensures that the folder contains exactly what the configuration synthesizes, so that the reviewed manifests are
 * deployed.
 *
 * @returns the files of the system
 * @throws PodhostError
 */
export function assertFreshDist(loaded: LoadedSystem, dist: string, config: ConfigFiles): readonly RenderedFile[] {
  assertOutputLocation(dist);
  const suggestion = runInstruction(sh`${podhost} synth ${configFlags(config)} --output ${operand(dist)}`);
  if (!existsSync(dist)) {
    throw new PodhostError([{ code: 'deploy/no-dist', message: `${dist} does not exist`, suggestion }]);
  }
  const { files } = systemFiles(loaded);
  const { write, remove } = outputChanges({ output: dist, system: loaded.config.name, files });
  const different = [...write, ...remove].map(({ path }) => path);
  if (different.length > 0) {
    const message = `${dist} is not what ${configName(config)} synthesizes: ${firstFew(different, 5)}`;
    throw new PodhostError([{ code: 'deploy/stale-dist', message, suggestion }]);
  }
  const others = otherManifests(dist, files);
  if (others.length > 0) {
    const message = `${dist} also holds generated manifests that ${configName(config)} does not synthesize; they would be applied as well: ${firstFew(others, 5)}`;
    const remedy = 'remove them, or give each system an output folder of its own';
    throw new PodhostError([{ code: 'deploy/other-manifests', message, suggestion: remedy }]);
  }
  return files;
}

/** Generated files of another system or of an older version, in the folders that kubectl applies. */
function otherManifests(dist: string, files: readonly RenderedFile[]): string[] {
  const own = new Set(files.map(({ path }) => path));
  const folders = new Set(files.map(({ path }) => posix.dirname(path)));
  return [...folders].flatMap((folder) =>
    onFile({ path: join(dist, folder) }, () => readdirSync(join(dist, folder)))
      .filter((name) => /\.(ya?ml|json)$/.test(name))
      .map((name) => posix.join(folder, name))
      .filter((path) => !own.has(path) && isGeneratedFile(join(dist, path)))
      .sort(),
  );
}

function isGeneratedFile(path: string): boolean {
  const state = onFile({ path }, () => lookAt(path, 64));
  return state.kind === 'file' && isGenerated(state.start.toString('utf8'));
}
