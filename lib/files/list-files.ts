import { type Dirent, readdirSync, type Stats, statSync } from 'node:fs';
import { join } from 'node:path';
import { type FileProblem, fileSystemProblem } from './file-problem.ts';

export interface ListFilesProps {
  /** Whether a file is wanted, by its path below the folder. */
  readonly isWanted: (path: string) => boolean;
  /** Names of folders that are never looked into. */
  readonly ignored: readonly string[];
  /**
   * Whether names that begin with a dot are like any others.
   *
   * @default false
   */
  readonly withHidden?: boolean;
  /** Files that are listed, at most. */
  readonly maximumFiles: number;
  /** Entries of folders that are looked at, at most. */
  readonly maximumEntries: number;
}

/** A path that could not be looked into, and why. */
export interface PathProblem {
  readonly path: string;
  readonly problem: FileProblem;
}

export interface ListedFiles {
  /** Paths from the folder on, sorted. */
  readonly files: readonly string[];
  /** Folders and wanted files that are left out because their names begin with a dot, sorted. */
  readonly hidden: readonly string[];
  readonly problems: readonly PathProblem[];
}

/**
 * Lists the files in a folder and in all folders below it. Links are followed; a folder that several lead to is listed
 * once, so that loops end.
 */
export function listFiles(root: string, props: ListFilesProps): ListedFiles {
  const walk = new Walk(root, props);
  walk.run();
  return { files: walk.files.sort(), hidden: walk.hidden.sort(), problems: walk.problems };
}

class Walk {
  readonly files: string[] = [];
  readonly hidden: string[] = [];
  readonly problems: PathProblem[] = [];
  private readonly open: string[] = [''];
  /** Looked into last, so that a folder is listed by its own path where it has one below the root. */
  private readonly linked: string[] = [];
  private readonly seen = new Set<string>();
  private entries = 0;

  constructor(
    private readonly root: string,
    private readonly props: ListFilesProps,
  ) {}

  run(): void {
    for (let folder = this.next(); folder !== undefined; folder = this.next()) {
      const excess = this.visit(folder);
      if (excess !== undefined) {
        const suggestion = 'name the folders and files that are meant';
        this.problems.push({ path: this.root, problem: { kind: 'too-large', reason: excess, suggestion } });
        return;
      }
    }
  }

  private next(): string | undefined {
    return this.open.pop() ?? this.linked.pop();
  }

  /** @returns why the walk ends, when it is too long */
  private visit(folder: string): string | undefined {
    const { maximumEntries, maximumFiles } = this.props;
    try {
      const path = join(this.root, folder);
      if (!this.isNew(statSync(path))) {
        return undefined;
      }
      for (const entry of readdirSync(path, { withFileTypes: true })) {
        this.entries += 1;
        if (this.entries > maximumEntries) {
          return `holds more than ${maximumEntries} entries with all its folders`;
        }
        this.add(folder, entry);
        if (this.files.length > maximumFiles) {
          return `holds more than ${maximumFiles} files that would be read`;
        }
      }
    } catch (error) {
      const path = join(this.root, folder);
      this.problems.push({ path, problem: fileSystemProblem(path, error) });
    }
    return undefined;
  }

  private add(folder: string, entry: Dirent): void {
    const { isWanted, ignored, withHidden = false } = this.props;
    const path = join(folder, entry.name);
    const kind = this.kindOf(path, entry);
    if (kind === 'file' ? !isWanted(path) : ignored.includes(entry.name)) {
      return;
    }
    if (entry.name.startsWith('.') && !withHidden) {
      this.hidden.push(path);
    } else {
      const list = { file: this.files, folder: this.open, link: this.linked }[kind];
      list.push(path);
    }
  }

  /** `link`: one that leads to a folder. A dangling link counts as a file, so that its reader reports it. */
  private kindOf(path: string, entry: Dirent): 'file' | 'folder' | 'link' {
    if (entry.isFile() || entry.isDirectory()) {
      return entry.isFile() ? 'file' : 'folder';
    }
    try {
      return statSync(join(this.root, path)).isDirectory() ? 'link' : 'file';
    } catch {
      return 'file';
    }
  }

  private isNew({ dev, ino }: Stats): boolean {
    const id = `${dev}:${ino}`;
    return !this.seen.has(id) && this.seen.add(id) !== undefined;
  }
}
