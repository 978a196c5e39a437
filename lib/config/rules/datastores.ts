import { basename } from 'node:path';
import { unstorableCharacter } from '../../text/characters.ts';
import { repeats } from './repeats.ts';
import type { ConfigRule } from './rule.ts';
import { datastoresOf } from './system-parts.ts';

/** etcd takes no object of more. @see https://kubernetes.io/docs/concepts/configuration/configmap/ */
const maximumBytes = 1024 * 1024;

/** The SQL files become the data of one ConfigMap. */
const validInitSql: ConfigRule = {
  id: 'valid-init-sql',
  *check({ system, sqlFiles }) {
    for (const { part, title } of datastoresOf(system)) {
      const list = part.get('initSql');
      let bytes = 0;
      for (const item of list.items()) {
        const path = item.text();
        if (path === undefined) {
          continue;
        }
        const read = sqlFiles.read(path);
        if ('reason' in read) {
          yield item.finding(
            `${path} ${read.reason}`,
            'write: a file, by its path from the folder of this configuration',
          );
        } else {
          bytes += Buffer.byteLength(basename(path)) + read.bytes;
          const character = unstorableCharacter(read.text);
          if (character !== undefined) {
            yield item.finding(
              `${path} holds the character ${character}, which does not reach a ConfigMap as it is`,
              "write it as an escape in the SQL, such as U&'\\0085'",
            );
          }
        }
      }
      if (bytes > maximumBytes) {
        const message = `the SQL files of ${title} have ${bytes} bytes together; a ConfigMap holds at most ${maximumBytes}`;
        yield list.finding(message, 'load the data after the first start, and keep only the tables here');
      }
    }
  },
};

/** The image runs files of the folder that are called *.sql, by name; the names are keys of a ConfigMap. */
const validInitSqlName: ConfigRule = {
  id: 'valid-init-sql-name',
  *check({ system, sqlFiles }) {
    for (const { part } of datastoresOf(system)) {
      const items = part.get('initSql').items();
      for (const { value, text, first } of repeats(items, (path) => basename(path))) {
        if (text !== first.text()) {
          const message = `${text} and ${first.text()} (line ${first.place.line}) would both be ${basename(text)} in the ConfigMap`;
          yield value.finding(message, 'rename one of the two');
        }
      }
      let before = '';
      for (const item of items) {
        const path = item.text();
        if (path === undefined || 'reason' in sqlFiles.read(path)) {
          continue;
        }
        const name = basename(path);
        if (!/^[A-Za-z0-9._-]{1,253}$/.test(name)) {
          yield item.finding(
            `${name} cannot be a key of a ConfigMap`,
            `rename it: ${name.replaceAll(/[^A-Za-z0-9._-]+/g, '-')}`,
          );
        } else if (!name.endsWith('.sql')) {
          yield item.finding(
            `PostgreSQL's image runs files called *.sql, and passes over ${name}`,
            `rename it: ${name}.sql`,
          );
        } else if (name < before) {
          const message = `the database runs the files in the order of their names: ${name} before ${before}`;
          yield item.finding(message, `rename them in the order that is meant: 01-${before}, 02-${name}`);
        }
        before = name;
      }
    }
  },
};

/** Names that PostgreSQL keeps for itself: the first start of the database fails. */
const validPostgresqlName: ConfigRule = {
  id: 'valid-postgresql-name',
  *check({ system }) {
    for (const { part } of datastoresOf(system)) {
      const user = part.get('user');
      if (user.text()?.startsWith('pg_') === true) {
        yield user.finding(
          `PostgreSQL keeps names that begin with pg_ for itself: ${user.text()}`,
          `write: ${user.text()?.slice(3) || 'app'}`,
        );
      }
      const database = part.get('database');
      if (['template0', 'template1'].includes(database.text() ?? '')) {
        yield database.finding(`${database.text()} is what PostgreSQL makes new databases of`, 'write: another name');
      }
    }
  },
};

export const datastoreRules: readonly ConfigRule[] = [validInitSql, validInitSqlName, validPostgresqlName];
