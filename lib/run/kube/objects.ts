/** Which object of a cluster. */
export interface ObjectName {
  /** As manifests write it, e.g. `apps/v1`. */
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  /** Undefined for an object of the whole cluster. */
  readonly namespace: string | undefined;
}

/** An object as the API server tells it, as far as it is named. */
export interface NamedObject extends Pick<ObjectName, 'apiVersion' | 'kind'> {
  readonly metadata: { readonly name: string; readonly namespace?: string | undefined };
}

export const objectName = ({ apiVersion, kind, metadata: { name, namespace } }: NamedObject): ObjectName => ({
  apiVersion,
  kind,
  name,
  namespace,
});

/** Group of an API version; empty for the core group. */
export const groupOf = (apiVersion: string): string =>
  apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';

/** Equal for two names of the same object: which version it is written in does not matter. */
export const identity = ({ apiVersion, kind, name, namespace }: ObjectName): string =>
  JSON.stringify([groupOf(apiVersion), kind, namespace ?? null, name]);

/** `deployment.apps/shop`, as kubectl takes it and people read it. */
export function resourceName({ apiVersion, kind, name }: ObjectName): string {
  const group = groupOf(apiVersion);
  return `${kind.toLowerCase()}${group === '' ? '' : `.${group}`}/${name}`;
}

/** What owns the fields that a deployment writes. */
export const fieldManager = 'podhost';

/** Files of `dist`, as the constructs name them. */
export const distFile = { namespaces: '00-namespace.yaml', helmValues: 'helm/coralogix-infra-values.yaml' } as const;
