import { join, normalize } from 'node:path';
import { findSecrets } from '../../secrets/find-secrets.ts';
import { placedSecrets } from '../../secrets/found-secret.ts';
import type { Path } from '../../yaml/value.ts';
import type { Finding } from '../finding.ts';
import { locate } from '../reading/located.ts';
import { visitTexts } from '../reading/node.ts';
import { pathname } from '../shape/pathname.ts';
import type { ConfigRule } from './rule.ts';
import { datastoresOf } from './system-parts.ts';

/**
 * A value that must not be read by everybody who reads the configuration, its manifests or their history; also where the
 * shape is wrong, since what is unknown to the schema is just as readable.
 */
const noLiteralSecret: ConfigRule = {
  id: 'no-literal-secret',
  *check({ system }) {
    const found: Finding[] = [];
    visitTexts(system.node, (text, key, path) => {
      // An image's digest and tag are drawn by machines too.
      const [secret] = key === 'image' || isNameOfSecret(path) ? [] : findSecrets(text, key);
      if (secret !== undefined) {
        const message = `${pathname(path)} holds ${secret.what}; a secret belongs in no file`;
        found.push({ ...locate(system, path).finding(message, suggestion(path, key)), confidential: true });
      }
    });
    yield* found;
  },
};

/** `secret: NAME` at the top, where a mapping belongs. */
const isNameOfSecret = (path: Path): boolean => path.length === 1 && path[0] === 'secret';

function suggestion(path: Path, name: string): string {
  const isVariable = (path[0] === 'configMap' && path[1] === 'data') || (path[0] === 'services' && path[2] === 'env');
  return isVariable
    ? `remove it; write: ${name} under secret.keys and in the secretKeys of each service that reads it`
    : 'remove it; services read secrets by secret.keys and their secretKeys';
}

/** SQL that sets a password ends up in a ConfigMap, where everybody reads it. */
const noSecretInInitSql: ConfigRule = {
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
        yield* secretsOfFile(join(folder, path), read.text);
      }
    }
  },
};

function* secretsOfFile(file: string, sql: string): Iterable<Finding> {
  for (const { secret, line, column } of placedSecrets(sql, findSecrets(sql))) {
    yield {
      place: { file, line: line + 1, column: column + 1 },
      message: `this SQL holds ${secret.what}; a secret belongs in no file`,
      suggestion: 'remove it; set the password after the first start, from the Secret',
      confidential: true,
    };
  }
}

export const secretRules: readonly ConfigRule[] = [noLiteralSecret, noSecretInInitSql];
