import type { Located } from '../reading/located.ts';
import type { SqlFiles } from '../sql-files.ts';
import type { ConfigRule } from './rule.ts';
import { datastoresOf, servicesOf } from './support/parts.ts';
import { configMapBytes, maximumObjectBytes, policiesBytes, variableBytes } from './support/sizes.ts';

/** Most bytes of all annotations of an object. @see https://kubernetes.io/docs/concepts/overview/working-with-objects/annotations/ */
const maximumAnnotationBytes = 256 * 1024;

/** `kubectl apply` keeps the object in one of its annotations, unless the server applies it. */
export const noLargeManifest: ConfigRule = {
  id: 'no-large-manifest',
  level: 'warning',
  *check({ system, sqlFiles }) {
    const objects: (readonly [Located, number, string])[] = [
      [system.at('configMap', 'data'), configMapBytes(system), 'the data of the ConfigMap has'],
      [system.at('collector', 'loadBalancing', 'policies'), policiesBytes(system), 'the policies have'],
      ...servicesOf(system).map(
        ({ part, title }) => [part.get('env'), envBytes(part), `the variables of ${title} have`] as const,
      ),
      ...datastoresOf(system).map(
        ({ part, title }) => [part.get('initSql'), sqlBytes(part, sqlFiles), `the SQL files of ${title} have`] as const,
      ),
    ];
    for (const [value, bytes, what] of objects) {
      // What does not fit into the object at all is another rule's.
      if (bytes > maximumAnnotationBytes && bytes <= maximumObjectBytes) {
        yield value.finding(
          `${what} ${bytes} bytes together, and an annotation, in which kubectl keeps a copy, holds ${maximumAnnotationBytes}`,
          'run: kubectl apply --server-side; podhost deploy does so',
        );
      }
    }
  },
};

const envBytes = (service: Located): number =>
  service
    .get('env')
    .entries()
    .reduce((sum, [name, value]) => sum + variableBytes(name, value), 0);

const sqlBytes = (datastore: Located, files: SqlFiles): number =>
  datastore
    .get('initSql')
    .items()
    .reduce((sum, item) => {
      const path = item.text();
      const read = path === undefined ? undefined : files.read(path);
      return sum + (read !== undefined && 'text' in read ? read.bytes : 0);
    }, 0);
