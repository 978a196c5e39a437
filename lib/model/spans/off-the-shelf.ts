import { textAt } from '../../yaml/value.ts';
import type { Container } from '../workload.ts';

const names =
  /(^|\/)(bitnami\/)?(postgres(ql)?|redis|valkey|memcached|mysql|mariadb|mongo(db)?|rabbitmq|kafka|zookeeper|nats|etcd|minio|elasticsearch|opensearch|clickhouse|nginx|haproxy|traefik|envoy|grafana|prometheus|busybox|alpine|curl|kubectl)(-[a-z0-9-]+)?([:@]|$)/i;

/** Whether a container runs a datastore, a proxy or a tool that comes as it is, rather than a program of the system. */
export const isOffTheShelf = ({ value }: Container): boolean => names.test(textAt(value, 'image') ?? '');
