import type { Located } from '../reading/located.ts';
import type { ConfigRule } from './rule.ts';
import { isUnknown, namesIn, suggestName } from './support/names.ts';
import { datastoresOf, servicesOf } from './support/parts.ts';
import { providedVariable } from './support/provided-variable.ts';

/** What a container reads from the Secret must be there, or it does not start. */
export const validSecretKey: ConfigRule = {
  id: 'valid-secret-key',
  *check({ system }) {
    const secret = system.get('secret');
    const keys = namesIn(secret.get('keys'));
    const readers: [string, Located][] = [
      ...servicesOf(system).flatMap(({ part, title }) =>
        part
          .get('secretKeys')
          .items()
          .map((key): [string, Located] => [title, key]),
      ),
      ...datastoresOf(system).map(({ part, title }): [string, Located] => [title, part.get('passwordKey')]),
    ];
    for (const [title, item] of readers) {
      const key = item.text();
      if (key === undefined || !isUnknown(key, keys) || providedVariable(key) !== undefined) {
        continue;
      }
      yield secret.kind === 'absent'
        ? item.finding(
            `${title} reads ${key}, but the file has no secret`,
            `write: secret: { name: …, keys: [${key}] }`,
          )
        : item.finding(
            `${title} reads ${key}, but secret.keys does not name it`,
            suggestName(key, keys.all, `add ${key} to secret.keys`),
          );
    }
  },
};
