import type { Rule } from './rule.ts';
import { suggestName } from './support/names.ts';

/** The Secret that the External Secrets Operator makes has the keys of `remote`, and those must be the keys named. */
export const completeExternalSecret: Rule = {
  id: 'complete-external-secret',
  *check({ system }) {
    const remote = system.at('secret', 'externalSecret', 'remote');
    if (remote.kind !== 'mapping') {
      return;
    }
    const sources = remote.entries().map(([key]) => key);
    const keys = system.at('secret', 'keys').items();
    const names = keys.map((key) => key.text());
    for (const key of keys) {
      const name = key.text();
      if (name !== undefined && !sources.includes(name)) {
        const message = `secret.externalSecret.remote does not say where ${name} comes from`;
        yield key.finding(message, `add ${name}: { key: … } to secret.externalSecret.remote`);
      }
    }
    for (const [name, source] of remote.entries()) {
      if (!names.includes(name)) {
        const missing = names.filter((key) => key !== undefined && !sources.includes(key));
        const known = missing.filter((key) => key !== undefined);
        const message = `secret.keys does not name ${name}, so no service can read it`;
        yield source.keyFinding(message, suggestName(name, known, `add ${name} to secret.keys`));
      }
    }
  },
};
