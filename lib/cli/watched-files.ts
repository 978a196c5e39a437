import { type FSWatcher, statSync, watch } from 'node:fs';
import { dirname, normalize } from 'node:path';
import { ifPossible } from '../files/call-problem.ts';
import { stampOf } from '../files/present-file.ts';

/** An editor writes a file in several steps. */
const settlingMilliseconds = 10;

/** Files whose changes are noticed until the process ends. Their folders are watched, since editors replace files. */
export class WatchedFiles {
  private readonly folders = new Map<string, FSWatcher>();
  private stamps = new Map<string, string>();
  private timer: NodeJS.Timeout | undefined;

  /** @param onChange called when one of the files has other content, has appeared or is gone */
  constructor(private readonly onChange: () => void) {}

  /**
   * Watches these files from now on, and no others. Those that are watched already are known as they were.
   *
   * @throws Error of the file system when a folder cannot be watched
   */
  watch(files: readonly string[]): void {
    const paths = files.map(normalize);
    for (const folder of paths.map((path) => dirname(path))) {
      if (!this.folders.has(folder)) {
        this.folders.set(
          folder,
          watch(folder, () => this.soon()),
        );
      }
    }
    this.stamps = new Map(paths.map((path) => [path, this.stamps.get(path) ?? stampAt(path)]));
  }

  private soon(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      const present = new Map([...this.stamps.keys()].map((path) => [path, stampAt(path)]));
      const isChanged = [...present].some(([path, stamp]) => this.stamps.get(path) !== stamp);
      // Before the files are read: what changes while they are read is noticed again.
      this.stamps = present;
      if (isChanged) {
        this.onChange();
      }
    }, settlingMilliseconds);
  }
}

function stampAt(path: string): string {
  const status = ifPossible(() => statSync(path, { bigint: true, throwIfNoEntry: false }));
  return status === undefined ? 'none' : stampOf(status);
}
