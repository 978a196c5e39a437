/** A kind of the API server that is read. */
export interface Resource {
  /** Group of the API; empty for the core. */
  readonly group: string;
  readonly version: string;
  /** Name in paths and in roles, e.g. `deployments`. */
  readonly name: string;
  readonly kind: string;
}

const resource = (group: string, version: string, name: string, kind: string): Resource => ({
  group,
  version,
  name,
  kind,
});

/** What runs pods. */
export const workloadResources = [
  resource('apps', 'v1', 'deployments', 'Deployment'),
  resource('apps', 'v1', 'statefulsets', 'StatefulSet'),
  resource('apps', 'v1', 'daemonsets', 'DaemonSet'),
] as const;

export const jobs = resource('batch', 'v1', 'jobs', 'Job');

/** What runs pods at its own times; read where a service that is verified is of that kind. */
export const batchResources = [resource('batch', 'v1', 'cronjobs', 'CronJob'), jobs] as const;

export const services = resource('', 'v1', 'services', 'Service');
export const pods = resource('', 'v1', 'pods', 'Pod');
export const configMaps = resource('', 'v1', 'configmaps', 'ConfigMap');
export const secrets = resource('', 'v1', 'secrets', 'Secret');
export const nodes = resource('', 'v1', 'nodes', 'Node');
export const endpointSlices = resource('discovery.k8s.io', 'v1', 'endpointslices', 'EndpointSlice');

/** Kinds of the OpenTelemetry operator, which most clusters do not have. */
export const operatorResources = [
  resource('opentelemetry.io', 'v1beta1', 'opentelemetrycollectors', 'OpenTelemetryCollector'),
  resource('opentelemetry.io', 'v1alpha1', 'instrumentations', 'Instrumentation'),
] as const;

/** Path of a list, or of one object. */
export function pathOf({ group, version, name }: Resource, namespace: string | undefined, object?: string): string {
  const api = group === '' ? `/api/${version}` : `/apis/${group}/${version}`;
  const scope = namespace === undefined ? '' : `/namespaces/${encodeURIComponent(namespace)}`;
  return `${api}${scope}/${name}${object === undefined ? '' : `/${encodeURIComponent(object)}`}`;
}

/** The version of an object's kind, as its manifest has it. */
export const apiVersionOf = ({ group, version }: Resource): string => (group === '' ? version : `${group}/${version}`);
