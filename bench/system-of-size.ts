import { toYaml } from '../lib/yaml/to-yaml.ts';

/**
 * A configuration with so many services, alike but for name and port.
 *
 * @param areAlike whether no other value is a service's own
 */
export function systemOfSize(size: number, areAlike = true): string {
  const services = Array.from({ length: size }, (_, index) => ({
    name: serviceName(index),
    image: `registry.example.com/${serviceName(index)}:1.0.0`,
    port: servicePort(index),
    configKeys: ['FEATURES'],
    ...(areAlike ? {} : { env: { SELF: serviceName(index) } }),
  }));
  return toYaml(systemOf({ services }));
}

/** A configuration with what all systems have. */
export const systemOf = (parts: object): object => ({
  name: 'bench',
  namespace: 'bench',
  environment: 'production',
  clusterName: 'bench',
  coralogix: { domain: 'eu2.coralogix.com', applicationName: 'bench' },
  configMap: { name: 'bench-config', data: { FEATURES: 'all' } },
  ...parts,
});

export const serviceName = (index: number): string => `service-${String(index).padStart(5, '0')}`;

/** Differs from service to service, and from every other number in the manifests. */
export const servicePort = (index: number): number => 20_000 + index;
