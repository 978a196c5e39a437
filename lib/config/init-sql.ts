import { readFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import type { InitSqlFile, LoadedSystem } from './loaded-system.ts';
import type { SystemConfig } from './schema/system.ts';

/** The SQL files that the datastores name, by name of the datastore. */
export function readInitSql({ datastores }: SystemConfig, folder: string): LoadedSystem['initSql'] {
  const files = (paths: readonly string[]): InitSqlFile[] =>
    paths.map((path) => ({ name: basename(path), content: readFileSync(resolve(folder, path), 'utf8') }));
  return Object.fromEntries(
    datastores.map((datastore) => [datastore.name, datastore.type === 'postgresql' ? files(datastore.initSql) : []]),
  );
}
