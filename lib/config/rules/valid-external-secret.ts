import type { ConfigRule } from './rule.ts';
import { isUnknown, namesIn, suggestName } from './support/names.ts';

/** The Secret that the External Secrets Operator makes has the keys of `remote`, and those must be the keys named. */
export const validExternalSecret: ConfigRule = {
  id: 'valid-external-secret',
  *check({ system }) {
    const remote = system.at('secret', 'externalSecret', 'remote');
    if (remote.kind !== 'mapping') {
      return;
    }
    const sources = new Set(remote.entries().map(([key]) => key));
    const keys = system.at('secret', 'keys');
    const names = namesIn(keys);
    for (const key of keys.items()) {
      const name = key.text();
      if (name !== undefined && !sources.has(name)) {
        const message = `secret.externalSecret.remote has no entry for ${name}`;
        yield key.finding(message, `add ${name}: { key: … } to secret.externalSecret.remote`);
      }
    }
    for (const [name, source] of remote.entries()) {
      if (source.isSound && isUnknown(name, names)) {
        const message = `secret.keys does not name ${name}, so no service can read it`;
        const otherwise = `add ${name} to secret.keys`;
        yield source.keyFinding(
          message,
          suggestName(name, names.all, otherwise, (key) => !sources.has(key)),
        );
      }
    }
  },
};
