import { basename } from 'node:path';
import type { ConfigRule } from './rule.ts';
import { datastoresOf } from './support/parts.ts';
import { repeats } from './support/repeats.ts';

/** The image runs files of the folder that are called *.sql, by name; the names are keys of a ConfigMap. */
export const validInitSqlName: ConfigRule = {
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
