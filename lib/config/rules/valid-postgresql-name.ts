import type { ConfigRule } from './rule.ts';
import { datastoresOf } from './support/parts.ts';

/** Names that PostgreSQL keeps for itself: the first start of the database fails. */
export const validPostgresqlName: ConfigRule = {
  id: 'valid-postgresql-name',
  *check({ system }) {
    for (const { part } of datastoresOf(system)) {
      const user = part.get('user');
      if (user.text()?.startsWith('pg_') === true) {
        yield user.finding(
          `PostgreSQL keeps names that begin with pg_ for itself: ${user.text()}`,
          `write: ${user.text()?.slice(3) || 'app'}`,
        );
      }
      const database = part.get('database');
      if (['template0', 'template1'].includes(database.text() ?? '')) {
        yield database.finding(`${database.text()} is what PostgreSQL makes new databases of`, 'write: another name');
      }
    }
  },
};
