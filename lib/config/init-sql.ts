import { basename, resolve } from 'node:path';
import type { InitSqlFile, LoadedSystem } from './loaded-system.ts';
import { readSqlFile } from './read-sql-file.ts';
import type { SystemConfig } from './schema/system.ts';

/**
 * The SQL files that the datastores name, by name of the datastore.
 *
 * @throws Error when a file has gone since the rules looked at it
 */
export function readInitSql({ datastores }: SystemConfig, folder: string): LoadedSystem['initSql'] {
  return Object.fromEntries(
    datastores.map((datastore) => [
      datastore.name,
      datastore.type === 'postgresql' ? datastore.initSql.map((path) => sqlFile(resolve(folder, path))) : [],
    ]),
  );
}

function sqlFile(path: string): InitSqlFile {
  const read = readSqlFile(path);
  if ('reason' in read) {
    throw new Error(`${path} ${read.reason}`);
  }
  return { name: basename(path), content: read.text };
}
