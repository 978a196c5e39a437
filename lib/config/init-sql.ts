import { basename } from 'node:path';
import type { InitSqlFile, LoadedSystem } from './loaded-system.ts';
import type { SystemConfig } from './schema/system.ts';
import type { SqlFiles } from './sql-files.ts';

/**
 * The SQL files that the datastores name, by name of the datastore.
 *
 * @throws Error when there is one that the rules have refused
 */
export function initSqlOf({ datastores }: SystemConfig, files: SqlFiles): LoadedSystem['initSql'] {
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
