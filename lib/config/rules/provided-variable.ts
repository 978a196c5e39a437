import { endpointVariable, telemetryEnvironment } from '../../telemetry/environment.ts';

const telemetryNames = new Set(
  telemetryEnvironment({
    serviceName: '',
    serviceVersion: '',
    deploymentName: '',
    containerName: '',
    environment: '',
    configMapName: '',
  }).map(({ name }) => name),
);

/** Settings of single instrumentations, which change neither where spans go nor whose they are. */
const tuning =
  /^OTEL_(BSP|BLRP|INSTRUMENTATION|PYTHON|NODE|JAVAAGENT|DOTNET|GO|RUBY|PHP|SPAN|EVENT|LINK|ATTRIBUTE|LOGRECORD)_|^OTEL_(LOG_LEVEL|SEMCONV_STABILITY_OPT_IN)$/;

/** Why a container has a variable already, or must not have it otherwise. */
type Provision = { readonly by: 'telemetry' } | { readonly by: 'config'; readonly source: string };

/** Who sets an environment variable, when that is not up to the configuration's lists. */
export function providedVariable(name: string): Provision | undefined {
  if (Object.hasOwn(commonKeySources, name)) {
    return { by: 'config', source: commonKeySources[name] ?? '' };
  }
  const isTelemetry =
    telemetryNames.has(name) ||
    (name.startsWith('OTEL_') && (!tuning.test(name) || name.includes('RESOURCE_DETECTORS')));
  return isTelemetry ? { by: 'telemetry' } : undefined;
}

/** That a variable is there already. */
export const provisionMessage = (name: string, { by }: Provision): string =>
  by === 'config'
    ? `${name} is in the ConfigMap and in every container already`
    : `${name} belongs to the telemetry that every container is given`;

/** Where its value is to be changed. */
export const provisionSuggestion = (provision: Provision): string =>
  provision.by === 'config' ? `remove it; its value comes from ${provision.source}` : 'remove it';

/** Keys of the ConfigMap that every container reads, and where in the configuration their values come from. */
export const commonKeySources: Readonly<Record<string, string>> = {
  CX_DOMAIN: 'coralogix.domain',
  CX_APPLICATION_NAME: 'coralogix.applicationName',
  ENVIRONMENT: 'environment',
  [endpointVariable]: 'collector.namespace',
};
