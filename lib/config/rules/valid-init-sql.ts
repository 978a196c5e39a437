import { basename } from 'node:path';
import { unstorableCharacter } from '../../text/characters.ts';
import type { ConfigRule } from './rule.ts';
import { datastoresOf } from './support/parts.ts';

/** etcd takes no object of more. @see https://kubernetes.io/docs/concepts/configuration/configmap/ */
const maximumBytes = 1024 * 1024;

/** The SQL files become the data of one ConfigMap. */
export const validInitSql: ConfigRule = {
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
