import { endpointVariable } from '../telemetry/environment.ts';

/** Keys of the ConfigMap that every container reads, and where in the configuration their values come from. */
export const commonKeySources: Readonly<Record<string, string>> = {
  CX_DOMAIN: 'coralogix.domain',
  CX_APPLICATION_NAME: 'coralogix.applicationName',
  ENVIRONMENT: 'environment',
  [endpointVariable]: 'collector.namespace',
};
