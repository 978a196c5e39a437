import { collectorService, otlpPort } from '../../chart/names.ts';
import { endpointVariable } from '../../telemetry/environment.ts';
import { toYaml } from '../../yaml/to-yaml.ts';
import type { Finding } from '../finding.ts';
import type { Located } from '../reading/located.ts';
import { plainValue } from '../reading/plain-value.ts';
import type { SqlFiles } from '../sql-files.ts';
import { environmentOf, variablesOf } from './listed-variables.ts';
import type { ConfigRule } from './rule.ts';
import { datastoresOf, type SystemPart } from './system-parts.ts';

/** Most bytes of all data of a ConfigMap or a Secret. @see https://kubernetes.io/docs/concepts/configuration/configmap/ */
const maximumObjectBytes = 1024 * 1024;

/** Longer than any address that is made of the names of a service, a datastore, a user and a database. */
const addressLength = 256;

const bytesOf = (...texts: readonly string[]): number => texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0);

/** Bytes of the keys and values of the ConfigMap that all services read, those that every one has included. */
function configMapBytes(system: Located): number {
  const own = system.at('configMap', 'data').entries();
  const common = [
    [endpointVariable, `http://${collectorService.clusterCollector}:${otlpPort.grpc}`],
    ['CX_DOMAIN', system.at('coralogix', 'domain').text() ?? ''],
    ['CX_APPLICATION_NAME', system.at('coralogix', 'applicationName').text() ?? ''],
    ['ENVIRONMENT', system.get('environment').text() ?? ''],
  ] as const;
  return (
    common.reduce((sum, [key, value]) => sum + bytesOf(key, value), 0) +
    own.reduce((sum, [key, value]) => sum + bytesOf(key) + valueBytes(value), 0)
  );
}

/** Bytes of a value of the ConfigMap; of an address that is made of names, at most. */
const valueBytes = (value: Located): number => (value.kind === 'mapping' ? addressLength : bytesOf(value.text() ?? ''));

/** Bytes of the keys of the Secret, whose values are not known. */
const secretBytes = (system: Located): number =>
  bytesOf(
    ...system
      .at('secret', 'keys')
      .items()
      .map((key) => key.text() ?? ''),
  );

/** Bytes of a variable as the operating system keeps it: `NAME=VALUE`, and NUL. */
const variableBytes = (name: string, value: Located): number => bytesOf(name) + valueBytes(value) + 2;

/** Bytes of the policies in the configuration of the gateway. */
function policiesBytes(system: Located): number {
  const policies = system.at('collector', 'loadBalancing', 'policies');
  const lines = policies.items().length === 0 ? '' : toYaml(plainValue(policies));
  // Below `processors.tail_sampling.policies`, each line stands six characters further to the right.
  return bytesOf(lines) + 6 * lines.split('\n').length;
}

/** Most bytes of all annotations of an object. @see https://kubernetes.io/docs/concepts/overview/working-with-objects/annotations/ */
const maximumAnnotationBytes = 256 * 1024;

/** `kubectl apply` keeps the object in one of its annotations, unless the server applies it. */
const noLargeManifest: ConfigRule = {
  id: 'no-large-manifest',
  level: 'warning',
  *check({ system, sqlFiles }) {
    const objects: (readonly [Located, number, string])[] = [
      [system.at('configMap', 'data'), configMapBytes(system), 'the data of the ConfigMap has'],
      [system.at('collector', 'loadBalancing', 'policies'), policiesBytes(system), 'the policies have'],
      ...environmentBytes(system).map(
        ([{ part, title }, bytes]) => [part.get('env'), bytes, `the variables of ${title} have`] as const,
      ),
      ...datastoresOf(system).map(
        ({ part, title }) => [part.get('initSql'), sqlBytes(part, sqlFiles), `the SQL files of ${title} have`] as const,
      ),
    ];
    for (const [value, bytes, what] of objects) {
      // What does not fit into the object at all is another rule's.
      if (bytes > maximumAnnotationBytes && bytes <= maximumObjectBytes) {
        yield value.finding(
          `${what} ${bytes} bytes together, and an annotation, in which kubectl keeps a copy, holds ${maximumAnnotationBytes}`,
          'run: kubectl apply --server-side; podhost deploy does so',
        );
      }
    }
  },
};

/** Bytes of the variables of those services that may have too many. */
function environmentBytes(system: Located): [SystemPart, number][] {
  const bytes = new Map<SystemPart, number>();
  for (const { service, name, value } of environmentOf(system)) {
    bytes.set(service, (bytes.get(service) ?? 0) + variableBytes(name, value));
  }
  return [...bytes].filter(([, sum]) => sum > maximumAnnotationBytes);
}

const sqlBytes = (datastore: Located, files: SqlFiles): number =>
  datastore
    .get('initSql')
    .items()
    .reduce((sum, item) => {
      const path = item.text();
      const read = path === undefined ? undefined : files.read(path);
      return sum + (read !== undefined && 'text' in read ? read.bytes : 0);
    }, 0);

/** Longest variable that Linux hands to a process: MAX_ARG_STRLEN, 32 pages. */
const maximumVariableBytes = 128 * 1024;

/** What the API server refuses to keep, and what a container is not started with. */
const validObjectSize: ConfigRule = {
  id: 'valid-object-size',
  *check({ system }) {
    const objects: (readonly [Located, number, string])[] = [
      [system.at('configMap', 'data'), configMapBytes(system), 'the data of the ConfigMap has'],
      [system.at('secret', 'keys'), secretBytes(system), 'the keys of the Secret have'],
      [system.at('collector', 'loadBalancing', 'policies'), policiesBytes(system), 'the policies have'],
    ];
    for (const [value, bytes, what] of objects) {
      if (bytes > maximumObjectBytes) {
        yield value.finding(
          `${what} ${bytes} bytes together; Kubernetes keeps at most ${maximumObjectBytes} in one object`,
          'write: less, and let the services fetch the rest',
        );
      }
    }
    yield* variables(system);
  },
};

function* variables(system: Located): Iterable<Finding> {
  for (const [{ part, title }, bytes] of environmentBytes(system)) {
    if (bytes > maximumObjectBytes) {
      const message = `the variables of ${title} have ${bytes} bytes together; at most ${maximumObjectBytes} fit into its Deployment`;
      yield part.get('env').keyFinding(message, 'write: less, and let the service fetch the rest');
    }
  }
  const read = new Set(variablesOf(system).flatMap(({ name, list }) => (list === 'configKeys' ? name : [])));
  const values = [
    ...environmentOf(system).map(({ name, value }) => [name, value] as const),
    ...system
      .at('configMap', 'data')
      .entries()
      .filter(([name]) => read.has(name)),
  ];
  for (const [name, value] of values) {
    const bytes = variableBytes(name, value);
    if (bytes > maximumVariableBytes) {
      const message = `the variable ${name} has ${bytes} bytes; Linux starts no process with more than ${maximumVariableBytes}`;
      yield value.keyFinding(message, 'write: less, or mount it as a file');
    }
  }
}

export const sizeRules: readonly ConfigRule[] = [noLargeManifest, validObjectSize];
