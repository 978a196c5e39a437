import { join, normalize } from 'node:path';
import { literalSecret } from '../../secrets/literal-secret.ts';
import type { Finding } from '../finding.ts';
import type { Rule } from './rule.ts';
import { datastoresOf } from './support/parts.ts';

const password = /\bpassword\s+(?:e|u&)?'[^']+'/i;

/** SQL that sets a password ends up in a ConfigMap, where everybody reads it. */
export const noSecretInInitSql: Rule = {
  id: 'no-secret-in-init-sql',
  *check({ system, folder, sqlFiles }) {
    const paths = datastoresOf(system).flatMap(({ part }) =>
      part
        .get('initSql')
        .items()
        .flatMap((item) => item.text() ?? []),
    );
    for (const path of new Set(paths.map((written) => normalize(written)))) {
      const read = sqlFiles.read(path);
      if ('text' in read) {
        yield* secretsIn(join(folder, path), read.text);
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
