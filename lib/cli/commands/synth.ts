import { App } from 'cdk8s';
import { loadSystem } from '../../config/load-system.ts';
import { System } from '../../constructs/system.ts';
import { synthesize } from '../../synth/synthesize.ts';
import { nextSteps } from '../next-steps.ts';

export interface SynthOptions {
  /** Configuration file. */
  readonly config: string;
  /** Output folder. */
  readonly output: string;
  readonly format: 'text' | 'json';
}

/** `podhost synth`: the configuration is loaded and checked whole before a file is touched. */
export async function synthCommand({ config, output, format }: SynthOptions): Promise<void> {
  const loaded = loadSystem(config);
  // The CLI's metadata file would lie among the manifests, where kubectl reads it.
  const app = new App({ outdir: output, recordConstructMetadata: false });
  new System(app, 'System', loaded);
  const { write, remove, unchanged } = synthesize(app);
  const written = write.map(({ path }) => path);
  if (format === 'json') {
    process.stdout.write(`${JSON.stringify({ output, written, removed: remove, unchanged }, null, 2)}\n`);
    return;
  }
  process.stderr.write(`${output}: ${written.length} written, ${remove.length} removed, ${unchanged} unchanged\n`);
  process.stderr.write(`${nextSteps({ config: loaded.config, configFile: config, output })}\n`);
}
