import type { App } from 'cdk8s';
import type { LoadedSystem } from '../config/load-system.ts';
import { OutputOwner } from '../constructs/output.ts';
import { PodhostError } from '../problems/podhost-error.ts';
import type { OutputProps } from './output-changes.ts';
import { assertOutputLocation } from './output-location.ts';
import { assertOutputPaths } from './output-path.ts';
import { listPath } from './owned-files.ts';
import { renderApp } from './render-app.ts';
import { type SystemFiles, systemFiles } from './system-files.ts';
import { writeOutput } from './write-output.ts';

/** Options of `synthesize`. */
export interface SynthesizeProps {
  /**
   * Folder to write to.
   *
   * @default - the app's `outdir`, which `cdk8s synth` sets
   */
  readonly output?: string;
  /**
   * Name of the system that the files belong to. Apps that write into one folder need different names.
   *
   * @default - that of the app's `System`, else `app`
   */
  readonly name?: string;
}

/** What a synthesis has done. Paths are below the output folder. */
export interface Synthesis {
  /** Folder that was written to. */
  readonly output: string;
  /** List of the files that belong to the system. */
  readonly list: string;
  /** Files that are new or have new content. */
  readonly written: readonly string[];
  /** Files that the system has made before and makes no longer. */
  readonly removed: readonly string[];
  /** Generated files that no list named, as of an earlier version; now they belong to the system. */
  readonly adopted: readonly string[];
  /** Paths that the system makes no longer, where something lies that it has not made; that stays. */
  readonly left: readonly string[];
  /** How many files were as they should be. */
  readonly unchanged: number;
}

/**
 * Writes an app's manifests and extra files. Files that are as they should be are left alone, those that the system
 * makes no longer are removed, and files of other systems or other programs are never touched.
 *
 * @throws PodhostError when the tree is invalid, a path is taken or the file system refuses; the folder is then as it was
 */
export function synthesize(app: App, { output = app.outdir, name }: SynthesizeProps = {}): Synthesis {
  const system = name ?? OutputOwner.nameOf(app) ?? 'app';
  assertOutput(output, system);
  return writtenOutput({ output, system, files: renderApp(app) });
}

/**
 * The same for the system that a configuration describes.
 *
 * @throws PodhostError
 */
export function synthesizeSystem(loaded: LoadedSystem, output: string): SystemFiles & { synthesis: Synthesis } {
  const system = loaded.config.name;
  assertOutput(output, system);
  const { files, instrumented } = systemFiles(loaded);
  return { synthesis: writtenOutput({ output, system, files }), files, instrumented };
}

function assertOutput(output: string, system: string): void {
  assertOutputLocation(output);
  assertSystemName(system);
}

function writtenOutput({ output, system, files }: OutputProps): Synthesis {
  assertOutputPaths(files);
  const { write, remove, adopted, left, unchanged } = writeOutput({ output, system, files });
  const pathsOf = (changes: readonly { readonly path: string }[]) => changes.map(({ path }) => path);
  return {
    output,
    list: listPath(system),
    written: pathsOf(write),
    removed: pathsOf(remove),
    adopted,
    left,
    unchanged,
  };
}

/** It is the name of a file that no tool may take for a manifest. */
function assertSystemName(name: string): void {
  if (!/^[A-Za-z0-9][A-Za-z0-9_+-]*$/.test(name)) {
    throw new PodhostError([
      {
        code: 'synth/bad-name',
        message: `${JSON.stringify(name)} is no name of a system`,
        suggestion: 'write it with letters, digits, - and _',
      },
    ]);
  }
}
