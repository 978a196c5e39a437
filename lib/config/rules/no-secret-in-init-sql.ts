import { join, resolve } from 'node:path';
import { literalSecret } from '../../secrets/literal-secret.ts';
import type { Finding } from '../finding.ts';
import { readSqlFile } from '../read-sql-file.ts';
import type { Rule } from './rule.ts';
import { datastoresOf } from './support/parts.ts';

const password = /\bpassword\s+(?:e|u&)?'[^']+'/i;

/** SQL that sets a password ends up in a ConfigMap, where everybody reads it. */
export const noSecretInInitSql: Rule = {
  id: 'no-secret-in-init-sql',
  *check({ system, folder }) {
    for (const { part } of datastoresOf(system)) {
      for (const item of part.get('initSql').items()) {
        const path = item.text();
        const read = path === undefined ? undefined : readSqlFile(resolve(folder, path));
        if (path !== undefined && read !== undefined && 'text' in read) {
          yield* secretsIn(join(folder, path), read.text);
        }
      }
    }
  },
};

function* secretsIn(file: string, sql: string): Iterable<Finding> {
  for (const [index, line] of sql.split(/\r?\n/).entries()) {
    const statement = password.exec(line);
    const reason = statement === null ? literalSecret('', line) : 'a password';
    if (reason !== undefined) {
      yield {
        place: { file, line: index + 1, column: (statement?.index ?? 0) + 1 },
        message: `this SQL holds ${reason}; secrets stand in no file`,
        suggestion: 'remove it; set the password after the first start, from the Secret',
        confidential: true,
      };
    }
  }
}
