import { join, normalize } from 'node:path';
import { findSecrets } from '../../secrets/find-secrets.ts';
import { placedSecrets } from '../../secrets/found-secret.ts';
import type { Finding } from '../finding.ts';
import type { ConfigRule } from './rule.ts';
import { datastoresOf } from './support/parts.ts';

/** SQL that sets a password ends up in a ConfigMap, where everybody reads it. */
export const noSecretInInitSql: ConfigRule = {
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
  for (const { secret, line, column } of placedSecrets(sql, findSecrets(sql))) {
    yield {
      place: { file, line: line + 1, column: column + 1 },
      message: `this SQL holds ${secret.what}; a secret belongs in no file`,
      suggestion: 'remove it; set the password after the first start, from the Secret',
      confidential: true,
    };
  }
}
