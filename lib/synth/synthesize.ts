import type { App } from 'cdk8s';
import { applyChanges } from './apply-changes.ts';
import { type OutputChanges, outputChanges } from './output-changes.ts';
import { renderApp } from './render-app.ts';

export interface SynthesizeProps {
  /**
   * Folder to write to.
   *
   * @default - the app's `outdir`, which `cdk8s synth` sets
   */
  readonly output?: string;
}

/**
 * Writes an app's manifests and extra files. Files that are as they should be are left alone, generated ones that no
 * longer belong there are removed, and files of somebody else are never touched.
 *
 * @throws PodhostError when the tree is invalid or a path is taken; the folder is then as it was
 */
export function synthesize(app: App, { output = app.outdir }: SynthesizeProps = {}): OutputChanges {
  const changes = outputChanges(output, renderApp(app));
  applyChanges(output, changes);
  return changes;
}
