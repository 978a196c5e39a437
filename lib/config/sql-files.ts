import { basename, resolve } from 'node:path';
import type { FileProblem } from '../files/file-problem.ts';
import { readText } from '../files/read-text.ts';
import type { SystemConfig } from './schema/system.ts';

/** More than a ConfigMap takes, so that all files of a datastore can be added up. */
const maximumBytes = 4 * 1024 * 1024;

/** The text of a file that the configuration names, or what is wrong with the file. */
type SqlText = { readonly text: string; readonly bytes: number } | { readonly reason: string };

/** The SQL files of a configuration. Each is read once, so that what is checked is what is loaded. */
export class SqlFiles {
  private readonly known = new Map<string, SqlText>();

  /** @param folder where relative paths start from */
  constructor(private readonly folder: string) {}

  read(path: string): SqlText {
    const file = resolve(this.folder, path);
    const known = this.known.get(file) ?? readSql(file);
    this.known.set(file, known);
    return known;
  }
}

function readSql(file: string): SqlText {
  const read = readText(file, { maximumBytes });
  return 'text' in read ? { text: read.text, bytes: Buffer.byteLength(read.text) } : { reason: reasonOf(read.problem) };
}

const reasonOf = ({ kind, reason }: FileProblem): string =>
  kind === 'encoding' ? `${reason}, and a ConfigMap holds nothing else` : reason;

/** An SQL file that a datastore runs when its data folder is empty. */
export interface InitSqlFile {
  /** Base name of the file; key of the ConfigMap. */
  readonly name: string;
  /** The SQL text. */
  readonly content: string;
}

/**
 * The SQL files that the datastores name, by name of the datastore.
 *
 * @throws Error when there is one that the rules have refused
 */
export function initSqlOf(
  { datastores }: SystemConfig,
  files: SqlFiles,
): Readonly<Record<string, readonly InitSqlFile[]>> {
  return Object.fromEntries(
    datastores.map((datastore) => [
      datastore.name,
      datastore.type === 'postgresql' ? datastore.initSql.map((path) => sqlFile(path, files)) : [],
    ]),
  );
}

function sqlFile(path: string, files: SqlFiles): InitSqlFile {
  const read = files.read(path);
  if ('reason' in read) {
    throw new Error(`${path} ${read.reason}`);
  }
  return { name: basename(path), content: read.text };
}
