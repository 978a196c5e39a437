import type { Construct } from 'constructs';
import type { DatastoreConfig } from '../config/schema/datastores.ts';
import type { InitSqlFile } from '../config/sql-files.ts';
import type { ApplicationSecret } from './application-secret.ts';
import type { Datastore } from './datastore.ts';
import { Postgresql, postgresqlUrl } from './postgresql.ts';
import { Redis, redisUrl } from './redis.ts';

export interface SystemDatastoreProps {
  readonly datastore: DatastoreConfig;
  readonly partOf: string;
  readonly secret: ApplicationSecret;
  readonly initSql: readonly InitSqlFile[];
}

/** The construct for one entry of `datastores`. */
export function createDatastore(scope: Construct, id: string, props: SystemDatastoreProps): Datastore {
  const { datastore, partOf, secret } = props;
  switch (datastore.type) {
    case 'redis': {
      const { passwordKey } = datastore;
      const password = passwordKey === undefined ? undefined : { secret, key: passwordKey };
      return new Redis(scope, id, { ...datastore, partOf, password });
    }
    case 'postgresql': {
      const initSql = Object.fromEntries(props.initSql.map(({ name, content }) => [name, content]));
      const password = { secret, key: datastore.passwordKey };
      return new Postgresql(scope, id, { ...datastore, partOf, password, initSql });
    }
  }
}

/** Address of a datastore at a host, without a password. */
export const datastoreUrl = (datastore: DatastoreConfig, host: string): string =>
  datastore.type === 'redis' ? redisUrl(host) : postgresqlUrl(host, datastore);
