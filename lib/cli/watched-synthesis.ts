import { dirname, join } from 'node:path';
import { configName } from '../config/config-files.ts';
import type { LoadedSystem } from '../config/load-system.ts';
import { objectChanges } from '../synth/object-changes.ts';
import type { RenderedFile } from '../synth/rendered-file.ts';
import { report } from './printer.ts';
import { reportFailure } from './report-failure.ts';
import { WatchedFiles } from './watched-files.ts';

/** What one synthesis has read and made. */
export interface WatchedRun {
  readonly loaded: LoadedSystem;
  readonly files: readonly RenderedFile[];
}

/**
 * Synthesizes whenever the configuration or a file that it names is saved, until the process ends, and prints which
 * objects changed. A run that fails is reported, and leaves the output as it is.
 *
 * @param files files of the configuration
 * @param synthesize one synthesis, which prints what it has done
 */
export function watchSynthesis(files: readonly string[], synthesize: () => WatchedRun): void {
  let before: readonly RenderedFile[] | undefined;
  const run = () => {
    const start = performance.now();
    try {
      const { loaded, files: made } = synthesize();
      watched.watch([...files, ...sqlFilesOf(loaded, files[0] ?? ''), ...(loaded.manifestFiles ?? [])]);
      const changes = before === undefined ? [] : objectChanges(before, made);
      report(...changes.map(({ title, change }) => `${title} ${change}`));
      report(
        `${configName(files)}: synthesized in ${Math.round(performance.now() - start)} ms; waiting for the next save`,
      );
      before = made;
    } catch (error) {
      reportFailure(error);
      report(`${configName(files)}: waiting for the next save`);
    }
  };
  const watched = new WatchedFiles(run);
  watched.watch(files);
  run();
}

const sqlFilesOf = ({ config: { datastores } }: LoadedSystem, config: string): string[] =>
  datastores.flatMap((datastore) =>
    datastore.type === 'postgresql' ? datastore.initSql.map((path) => join(dirname(config), path)) : [],
  );
