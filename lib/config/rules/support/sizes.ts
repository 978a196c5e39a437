import { collectorService, otlpPort } from '../../../chart/names.ts';
import { endpointVariable } from '../../../telemetry/environment.ts';
import { toYaml } from '../../../yaml/to-yaml.ts';
import type { Located } from '../../reading/located.ts';
import { plainValue } from '../../reading/plain-value.ts';

/** Most bytes of all data of a ConfigMap or a Secret. @see https://kubernetes.io/docs/concepts/configuration/configmap/ */
export const maximumObjectBytes = 1024 * 1024;

/** Longer than any address that is made of the names of a service, a datastore, a user and a database. */
const addressLength = 256;

const bytesOf = (...texts: readonly string[]): number => texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0);

/** Bytes of the keys and values of the ConfigMap that all services read, those that every one has included. */
export function configMapBytes(system: Located): number {
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
export const secretBytes = (system: Located): number =>
  bytesOf(
    ...system
      .at('secret', 'keys')
      .items()
      .map((key) => key.text() ?? ''),
  );

/** Bytes of a variable as the operating system keeps it: `NAME=VALUE`, and NUL. */
export const variableBytes = (name: string, value: Located): number => bytesOf(name) + valueBytes(value) + 2;

/** Bytes of the policies in the configuration of the gateway. */
export function policiesBytes(system: Located): number {
  const policies = system.at('collector', 'loadBalancing', 'policies');
  const lines = policies.items().length === 0 ? '' : toYaml(plainValue(policies));
  // Below `processors.tail_sampling.policies`, each line stands six characters further to the right.
  return bytesOf(lines) + 6 * lines.split('\n').length;
}
