import type { DatastoreConfig } from '../config/schema/datastores.ts';
import type { SystemConfig } from '../config/schema/system.ts';

/** Where a service is reached. */
export interface HostPort {
  readonly host: string;
  readonly port: number;
}

/**
 * Where pods of a namespace reach a service of the system.
 *
 * @throws Error when there is none of that name, or it has no port; loading a configuration refuses that first
 */
export function hostPortOf(config: SystemConfig, name: string, from: string): HostPort {
  const service = found(
    config.services.find((candidate) => candidate.name === name),
    `service ${name}`,
  );
  const port = found(service.port ?? service.ports[0]?.port, `port of service ${name}`);
  return { host: hostFrom(from, service.service.name ?? name, service.namespace ?? config.namespace), port };
}

/** A name as pods of a namespace use it: with its own namespace where that is another one. */
const hostFrom = (from: string, name: string, namespace: string): string =>
  namespace === from ? name : `${name}.${namespace}`;

/**
 * What a reference to a service or a datastore stands for in pods of a namespace; of other values nothing.
 *
 * @param url address of a datastore at a host
 */
export function addressOf(
  config: SystemConfig,
  value: object,
  from: string,
  url: (datastore: DatastoreConfig, host: string) => string,
): string | undefined {
  if ('service' in value && typeof value.service === 'string') {
    const { host, port } = hostPortOf(config, value.service, from);
    return `http://${host}:${port}`;
  }
  if ('datastore' in value && typeof value.datastore === 'string') {
    const { datastore: name } = value;
    const datastore = found(
      config.datastores.find((candidate) => candidate.name === name),
      `datastore ${name}`,
    );
    return url(datastore, hostFrom(from, name, config.namespace));
  }
  return undefined;
}

/** @throws Error when it is undefined */
export function found<T>(value: T | undefined, what: string): T {
  if (value === undefined) {
    throw new Error(`the configuration has no ${what}`);
  }
  return value;
}
