import { mkdirSync, rmdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { ifPossible, onFile } from './call-problem.ts';
import { statusOf } from './replaceable.ts';

export interface MadeFoldersProps {
  /**
   * Permissions of new folders.
   *
   * @default - those that the umask leaves
   */
  readonly mode?: number;
  /**
   * What the user can name instead of a folder that cannot be created.
   *
   * @default - nothing is proposed
   */
  readonly otherwise?: string;
}

/** Creates folders one after the other, so that exactly those can be removed again. */
export class MadeFolders {
  private readonly props: MadeFoldersProps;
  private readonly present = new Set<string>();
  private readonly made: string[] = [];

  constructor(props: MadeFoldersProps = {}) {
    this.props = props;
  }

  /**
   * Creates a folder and those that it lies in. The recursive `mkdirSync` of Node would not: it never ends where the
   * system answers ENOENT below a folder that exists, as in /proc.
   *
   * @throws PodhostError when the file system refuses
   */
  make(folder: string): void {
    if (this.present.has(folder)) {
      return;
    }
    if (statusOf(folder) === undefined) {
      this.make(dirname(folder));
      onFile({ ...this.props, path: folder, attempt: 'created' }, () => this.makeOne(folder));
    }
    this.present.add(folder);
  }

  private makeOne(folder: string): void {
    try {
      mkdirSync(folder, { mode: this.props.mode });
      this.made.push(folder);
    } catch (error) {
      // Another run may have created it in this moment.
      if (statusOf(folder)?.isDirectory() !== true) {
        throw error;
      }
    }
  }

  /** Looks again at each. */
  forget(): void {
    this.present.clear();
  }

  /** Removes those that it has created, as far as they are empty. */
  takeBack(): void {
    for (const folder of this.made.reverse()) {
      ifPossible(() => rmdirSync(folder));
    }
  }
}
