import { k8s } from 'cdk8s-plus-27';
import type { Construct } from 'constructs';
import type { ApplicationSecret } from './application-secret.ts';
import { Datastore, type DatastoreProps } from './datastore.ts';
import { recommendedLabels } from './labels.ts';

/** Props of `Postgresql`. */
export interface PostgresqlProps extends DatastoreProps {
  /** Database that is made at the first start. */
  readonly database: string;
  /** The Secret with the owner's password, and its key. */
  readonly password: { readonly secret: ApplicationSecret; readonly key: string };
  /**
   * Owner of the database.
   *
   * @default postgres
   */
  readonly user?: string;
  /**
   * Container image.
   *
   * @default postgres:15
   */
  readonly image?: string;
  /**
   * SQL by file name, which an empty database runs in the order of the names.
   *
   * @default - none
   */
  readonly initSql?: Readonly<Record<string, string>>;
}

const port = 5432;

/** Address of a database at a host, without a password. */
export const postgresqlUrl = (
  host: string,
  { user, database }: { readonly user: string; readonly database: string },
): string => `postgresql://${user}@${host}:${port}/${database}`;

/**
 * PostgreSQL with its data on a volume.
 *
 * @see https://hub.docker.com/_/postgres
 */
export class Postgresql extends Datastore {
  /** Address for clients inside the cluster, without a password. */
  readonly url: string;

  constructor(scope: Construct, id: string, props: PostgresqlProps) {
    const user = props.user ?? 'postgres';
    const files = Object.entries(props.initSql ?? {});
    const configMapName = `${props.name}-init`;
    super(scope, id, props, {
      component: 'postgresql',
      image: props.image ?? 'postgres:15',
      port,
      // The images of Debian and of Alpine give the user different ids.
      user: /alpine/.test(props.image ?? '') ? 70 : 999,
      env: [
        { name: 'POSTGRES_DB', value: props.database },
        { name: 'POSTGRES_USER', value: user },
        props.password.secret.variable(props.password.key, 'POSTGRES_PASSWORD'),
        // initdb wants an empty folder; the root of a volume may hold lost+found.
        { name: 'PGDATA', value: '/var/lib/postgresql/data/pgdata' },
      ],
      dataPath: '/var/lib/postgresql/data',
      scratchPaths: { run: '/var/run/postgresql', tmp: '/tmp' },
      healthCommand: ['pg_isready', '--username', user, '--dbname', props.database],
      initFiles: files.length === 0 ? undefined : { configMapName, mountPath: '/docker-entrypoint-initdb.d' },
    });
    if (files.length > 0) {
      new k8s.KubeConfigMap(this, 'Init', {
        metadata: { name: configMapName, labels: recommendedLabels(props) },
        data: Object.fromEntries(files),
      });
    }
    this.url = postgresqlUrl(props.name, { user, database: props.database });
  }
}
