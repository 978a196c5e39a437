import type { Construct } from 'constructs';
import type { ApplicationSecret } from './application-secret.ts';
import { Datastore, type DatastoreProps } from './datastore.ts';

/** Props of `Redis`. */
export interface RedisProps extends DatastoreProps {
  /**
   * Container image.
   *
   * @default redis:7
   */
  readonly image?: string;
  /**
   * The Secret with the password, and its key.
   *
   * @default - no password
   */
  readonly password?: { readonly secret: ApplicationSecret; readonly key: string };
}

const port = 6379;

const options = '--appendonly yes --dir /data';

/** Address of a server at a host, without a password. */
export const redisUrl = (host: string): string => `redis://${host}:${port}`;

/** Over standard input: as an argument the password would stand in the list of processes. */
const withPassword = `exec redis-server - ${options} <<EOF
requirepass "$REDISCLI_AUTH"
EOF
`;

/** Redis with its append-only file on a volume. */
export class Redis extends Datastore {
  /** Address for clients inside the cluster, without a password. */
  readonly url: string;

  constructor(scope: Construct, id: string, props: RedisProps) {
    const { password } = props;
    super(scope, id, props, {
      component: 'redis',
      image: props.image ?? 'redis:7',
      port,
      user: 999,
      command: ['sh', '-c', password === undefined ? `exec redis-server ${options}` : withPassword],
      env: password === undefined ? [] : [password.secret.variable(password.key, 'REDISCLI_AUTH')],
      dataPath: '/data',
      scratchPaths: {},
      // redis-cli exits 0 also when the server answers with an error.
      healthCommand: ['sh', '-c', 'redis-cli ping | grep -q PONG'],
    });
    this.url = redisUrl(props.name);
  }
}
