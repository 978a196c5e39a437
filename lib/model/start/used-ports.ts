import { isMapping, mappingAt, type Path, textAt, textListAt } from '../../yaml/value.ts';
import type { Collector } from '../collector/collector.ts';
import type { PartProblem } from '../collector/part.ts';

interface Binding {
  readonly path: Path;
  readonly component: string;
  readonly host: string;
  readonly port: number;
}

/** Receivers that bind no port for TCP, or whose endpoint is one that they ask. */
const asking =
  /^(kubeletstats|kubelet_stats|hostmetrics|host_metrics|prometheus|mysql|postgresql|redis|mongodb|elasticsearch|nginx|apache|rabbitmq|kafka|kafkametrics|httpcheck|sqlquery|snmp|vcenter|haproxy|iis|statsd|udplog|syslog|carbon|docker_stats|k8s_cluster|memcached|zookeeper|jmx|splunkenterprise|couchdb|flinkmetrics|riak|solace|pulsar|nsxt|netflow|collectd|wavefront|datadog|awsxray|awsecscontainermetrics|oracledb|sqlserver|aerospike|bigip|chrony|expvar|influxdb|saphana|purefa|purefb|podman_stats|rabbitmq|receiver_creator)(\/|$)/;

/** Ports that two components of a collector bind. */
export function usedPorts({ config, pipelines, title, rendered }: Collector): PartProblem[] {
  const isWritten = ({ path: [section, id] }: Binding) =>
    rendered?.values.isWritten('config', String(section), String(id)) === true;
  const used = new Set(pipelines.all.flatMap(({ receivers }) => receivers));
  const started = new Set(textListAt(config, 'service', 'extensions'));
  const bindings = [
    ...Object.entries(mappingAt(config, 'receivers'))
      .filter(([id]) => used.has(id) && !asking.test(id))
      .flatMap(([id, settings]) => bindingsIn(id, settings, ['receivers', id])),
    ...Object.entries(mappingAt(config, 'extensions'))
      .filter(([id]) => started.has(id) && /^(health_check|pprof|zpages)(\/|$)/.test(id))
      .flatMap(([id, settings]) => bindingsIn(id, settings, ['extensions', id])),
  ];
  // What the values add stands beside what the chart has.
  const ordered = [...bindings.filter((each) => !isWritten(each)), ...bindings.filter(isWritten)];
  return ordered.flatMap((binding, index): PartProblem[] => {
    const first = ordered
      .slice(0, index)
      .find(({ port, host }) => port === binding.port && overlap(host, binding.host));
    return first === undefined
      ? []
      : [
          {
            path: binding.path,
            message: `${binding.component} of ${title} binds port ${binding.port}, which ${first.component} has: the collector does not start`,
            suggestion: `write another port, or use ${first.component.split(' ')[0]} in its place`,
          },
        ];
  });
}

const everywhere = /^(|0\.0\.0\.0|\[::\]|::)$/;

const overlap = (one: string, other: string): boolean =>
  one === other || everywhere.test(one) || everywhere.test(other);

/** Ports of protocols without an endpoint of their own. */
const defaults: Readonly<Record<string, number>> = { 'otlp grpc': 4317, 'otlp http': 4318 };

function bindingsIn(id: string, settings: unknown, path: Path): Binding[] {
  const type = id.split('/', 1)[0] ?? id;
  const protocols = Object.entries(mappingAt(settings, 'protocols'))
    // Thrift in UDP.
    .filter(([protocol]) => !/compact|binary/.test(protocol))
    .flatMap(([protocol, value]) => {
      const written = textAt(value, 'endpoint');
      const port = defaults[`${type} ${protocol}`];
      const fallback = port === undefined ? undefined : `localhost:${port}`;
      const steps = written === undefined ? [protocol] : [protocol, 'endpoint'];
      return binding(`${id} (${protocol})`, written ?? fallback, [...path, 'protocols', ...steps]);
    });
  return isMapping(settings)
    ? [...protocols, ...binding(id, textAt(settings, 'endpoint'), [...path, 'endpoint'])]
    : protocols;
}

function binding(component: string, endpoint: string | undefined, path: Path): Binding[] {
  const [, host = '', port] = /^(.*):(\d+)$/.exec(endpoint ?? '') ?? [];
  return port === undefined || port === '0' ? [] : [{ component, host, port: Number(port), path }];
}
