import { listAt, numberAt } from '../yaml/value.ts';
import { operatorContainer } from './operator/collector-pods.ts';

/** What an image that comes as it is does in a pod. */
export interface ImageRole {
  readonly code: 'off-the-shelf' | 'sidecar' | 'collector';
  /** What it is, as the end of the sentence "container NAME runs …". */
  readonly what: string;
}

/** Names of programs, by what they are; a name ends where its image's does, apart from the given endings. */
const programs: readonly (readonly [role: ImageRole['code'], what: string, names: string])[] = [
  [
    'off-the-shelf',
    'a datastore',
    'postgres|postgresql|postgis|pgvector|timescaledb|pgbouncer|pgpool|cockroach|redis|redis-stack|redis-cluster|keydb|dragonfly|valkey|memcached|mysql|mariadb|percona-server|mongo|mongodb|cassandra|scylla|couchdb|couchbase|neo4j|influxdb|clickhouse|clickhouse-server|elasticsearch|opensearch|solr|qdrant|weaviate|milvus|etcd|minio|spanner|firestore|mssql|oracle-xe',
  ],
  [
    'off-the-shelf',
    'a broker',
    'rabbitmq|kafka|redpanda|zookeeper|nats|nats-streaming|activemq|artemis|pulsar|emqx|mosquitto|strimzi',
  ],
  [
    'off-the-shelf',
    'a web server or proxy',
    'nginx|nginx-unprivileged|httpd|caddy|haproxy|traefik|kong|squid|varnish|openresty',
  ],
  [
    'off-the-shelf',
    'a tool of operation',
    'grafana|prometheus|alertmanager|thanos|loki|mimir|tempo|jaeger|all-in-one|zipkin|kibana|pgadmin4?|adminer|flagd|flagd-ui-base|mailhog|busybox|alpine|bash|curl|curlimages|kubectl|pause|debian|ubuntu|git-sync|k8s-sidecar|(.+-)?exporter|(.+-)?(config|configmap)-reload(er)?|kube-rbac-proxy|wait-for',
  ],
  [
    'sidecar',
    'a sidecar',
    'proxyv2|linkerd-proxy|proxy-init|envoy|envoy-alpine|consul-dataplane|daprd|cloud-sql-proxy|cloudsql-proxy|gce-proxy|alloydb-auth-proxy|vault|vault-k8s|oauth2-proxy|fluent-bit|fluentd|filebeat|promtail|vector|datadog-agent|agent-sidecar|aws-xray-daemon|appmesh-envoy',
  ],
];

const endings = '(-(server|primary|replica|sentinel|oss|ce|ee|community|official|photon|bitnami|debian|alpine))?';

const patterns = programs.map(
  ([code, what, names]) => [code, what, new RegExp(`^(${names})${endings}$`, 'i')] as const,
);

/** Names that say it wherever they stand. */
const pipelineImage =
  /(?<![a-z])(otel-?col|otelcontrib|(opentelemetry|otel)-(collector|operator))|collector-contrib|fluent-?bit|fluentd|jaegertracing\/(opentelemetry-)?all-in-one/i;

/** Names that others have in theirs, such as `acme/temporal-worker`: at the end of a path, and between hyphens. */
const pipelineName =
  /^(alloy|vector|tempo(-query|-vulture)?|jaeger(-[\w-]+)?|([\w-]+-)?(beyla|ebpf)(-[\w-]+)?)([:@][^/\s]*)?$/i;

/** More than the name of an image has with its tag and its digest. */
const maximumLength = 512;

/** Whether an image or a word of a command is a program that passes telemetry on. */
export function isPipelineProgram(word: string): boolean {
  if (pipelineImage.test(word)) {
    return true;
  }
  const name = word.slice(word.lastIndexOf('/') + 1);
  return name.length <= maximumLength && pipelineName.test(name);
}

/** Names that containers of proxies have, whatever their images are called in a private registry. */
const sidecarNames =
  /^(istio-proxy|istio-init|linkerd-(proxy|init|network-validator)|daprd|vault-agent(-init)?|cloud-?sql-proxy)$/;

/** Repositories that follow `images: NAME/…` of somebody's own program with the product's name in it. */
const nameOf = (image: string): string => {
  const [path = ''] = image.split('@');
  const last = path.split('/').at(-1) ?? '';
  return last.split(':')[0] ?? '';
};

/**
 * What a container runs when that is no program of the application.
 *
 * @returns undefined for an application
 */
export function imageRole(image: string, container: string): ImageRole | undefined {
  if (sidecarNames.test(container)) {
    return { code: 'sidecar', what: 'a sidecar' };
  }
  const name = nameOf(image);
  const found = patterns.find(([, , pattern]) => pattern.test(name));
  if (found?.[0] !== 'sidecar' && (container === operatorContainer || isPipelineProgram(image))) {
    return { code: 'collector', what: `${name}, a collector` };
  }
  return found === undefined ? undefined : { code: found[0], what: `${name}, ${found[1]}` };
}

/** Registered ports on which datastores and brokers alone listen. */
const datastorePorts: ReadonlyMap<number, string> = new Map([
  [1433, 'SQL Server'],
  [1521, 'Oracle'],
  [2181, 'ZooKeeper'],
  [3306, 'MySQL'],
  [5432, 'PostgreSQL'],
  [5672, 'AMQP'],
  [6379, 'Redis'],
  [9042, 'Cassandra'],
  [9092, 'Kafka'],
  [11211, 'memcached'],
  [26257, 'CockroachDB'],
  [27017, 'MongoDB'],
]);

/** What a container with an image of any name runs, by the port on which it listens. */
export function portRole(container: unknown): ImageRole | undefined {
  const ports = listAt(container, 'ports').map((port) => numberAt(port, 'containerPort') ?? 0);
  const found = ports.find((port) => datastorePorts.has(port));
  return found === undefined
    ? undefined
    : {
        code: 'off-the-shelf',
        what: `a datastore, because it listens on ${found}, the port of ${datastorePorts.get(found)}`,
      };
}

/** The tag and digest of an image. */
export function imageVersion(image: string): { readonly tag?: string; readonly digest?: string } {
  const [path = '', digest] = image.split('@');
  const [, tag] = (path.split('/').at(-1) ?? '').split(':');
  return { ...(tag ? { tag } : {}), ...(digest ? { digest } : {}) };
}
