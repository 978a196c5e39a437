import { fieldsOf, podTemplatePaths, type WorkloadKind } from '../../kubernetes/types.ts';
import type { Path } from '../../yaml/value.ts';
import { type Located, locate } from '../reading/located.ts';
import { serviceSchema, workloadKinds } from '../schema/workloads.ts';

/** Where Kubernetes has a field that a configuration does not name there. */
export interface FieldPlace {
  /** E.g. `a container's field`. */
  readonly what: string;
  readonly suggestion: string;
}

/** Names that Kubernetes or helm has for what a service has under another. */
const otherNames: Readonly<Record<string, string>> = {
  automountServiceAccountToken: 'serviceAccount: { token: true }',
  containers: 'sidecars: [{ name: …, image: … }]',
  hpa: 'autoscaling: { maxReplicas: … }',
  livenessProbe: 'probes: { liveness: { type: http, path: / } }',
  pdb: 'podDisruptionBudget: { maxUnavailable: 1 }',
  readinessProbe: 'probes: { readiness: { type: http, path: / } }',
  serviceAccountName: 'serviceAccount: { name: … }',
  startupProbe: 'probes: { startup: { type: http, path: / } }',
  volumeMounts: 'volumes: [{ name: …, mountPath: … }]',
  workingDir: 'workingDirectory: …',
};

/** Where a key belongs that is none of a service, a datastore or of the part of a patch in which it stands. */
export function fieldPlace(root: Located, path: Path, key: string): FieldPlace | undefined {
  const [list, index, member] = path;
  if (path.length === 0 || (list === 'serviceDefaults' && path.length === 1)) {
    return placeForAll(key);
  }
  if ((list !== 'services' && list !== 'datastores') || typeof index !== 'number') {
    return list === 'patch' ? placeInPatch(path.slice(1), key) : undefined;
  }
  if (member === 'patch') {
    return placeInPatch(path.slice(3), key);
  }
  const other = Object.hasOwn(otherNames, key) ? otherNames[key] : undefined;
  if (path.length > 2) {
    return list === 'services' ? placeInService(root, path, key) : undefined;
  }
  if (other !== undefined && list === 'datastores') {
    return undefined;
  }
  if (other !== undefined) {
    return { what: 'a service has another key for it', suggestion: `write: ${other}` };
  }
  const part = locate(root, path);
  const kind = list === 'datastores' ? 'StatefulSet' : workloadOf(part);
  const found = placesOf(kind, containerOf(part)).find(({ type }) => fieldsOf(type).has(key));
  return found === undefined
    ? undefined
    : { what: `it is ${found.what}`, suggestion: `write: patch: ${found.write(`${key}: …`)}` };
}

/** Where a field of all workloads belongs; one of a container has no place, because the containers have different names. */
function placeForAll(key: string): FieldPlace | undefined {
  const found = placesOf('Deployment', 'NAME').find(({ type }) => fieldsOf(type).has(key));
  if (found === undefined || Object.hasOwn(otherNames, key) || Object.hasOwn(serviceSchema.shape, key)) {
    return undefined;
  }
  return found.type === 'Container'
    ? { what: `it is ${found.what}`, suggestion: `write in each service: patch: ${found.write(`${key}: …`)}` }
    : { what: `it is ${found.what}`, suggestion: `write: patch: ${found.write(`${key}: …`)}, for all services` };
}

/** Where a field belongs that Kubernetes has in a part of a service. */
function placeInService(root: Located, path: Path, key: string): FieldPlace | undefined {
  const [list = '', index = 0, member, entry] = path;
  const service = locate(root, [list, index]);
  const kind = workloadOf(service);
  const at = (type: string, what: string, patch: string): readonly FieldPlace[] =>
    fieldsOf(type).has(key) ? [{ what: `it is ${what}`, suggestion: `write: patch: ${patch}` }] : [];
  const name = containerOf(service);
  const inPod = (field: string) => wrapped([kind, ...podTemplatePaths[kind], 'spec'], `{ ${field} }`);
  const inContainer = (field: string) => inPod(`containers: [{ name: ${name}, ${field} }]`);
  const field = `${key}: …`;
  const here = locate(root, path);
  const places = () => {
    switch (typeof entry === 'number' || entry === undefined ? member : undefined) {
      case 'ports': {
        const port = here.get('port').text() ?? 'PORT';
        const target = here.get('targetPort').text() ?? port;
        return [
          ...at(
            'ContainerPort',
            "a field of the container's port",
            inContainer(`ports: [{ containerPort: ${target}, ${field} }]`),
          ),
          ...at(
            'ServicePort',
            "a field of the Service's port",
            `{ Service: { spec: { ports: [{ port: ${port}, ${field} }] } } }`,
          ),
        ];
      }
      case 'volumes': {
        const mounted = here.get('mountPath').text() ?? 'PATH';
        return at(
          'VolumeMount',
          'a field of the mount',
          inContainer(`volumeMounts: [{ mountPath: ${mounted}, ${field} }]`),
        );
      }
      case 'securityContext':
        return [
          ...at(
            'SecurityContext',
            "a field of the container's securityContext",
            inContainer(`securityContext: { ${field} }`),
          ),
          ...at('PodSecurityContext', "a field of the pod's securityContext", inPod(`securityContext: { ${field} }`)),
        ];
      case 'service':
        return at('ServiceSpec', "a field of the Service's spec", `{ Service: { spec: { ${field} } } }`);
      case 'podDisruptionBudget':
        return at('PodDisruptionBudgetSpec', 'a field of its spec', `{ PodDisruptionBudget: { spec: { ${field} } } }`);
      default:
        return [];
    }
  };
  return path.length > 4 ? undefined : places()[0];
}

/** Name of the container of a service or a datastore. */
const containerOf = (part: Located): string => part.get('containerName').text() ?? part.get('name').text() ?? 'NAME';

const workloadOf = (service: Located): WorkloadKind => {
  const written = service.get('kind').text() ?? 'deployment';
  return Object.entries(workloadKinds).find(([name]) => name === written)?.[1] ?? 'Deployment';
};

interface TypePlace {
  readonly type: string;
  readonly what: string;
  /** Fields that lead there from the object. */
  readonly path: string;
  readonly kind: string;
  /** The patch of a field, as it is written. */
  readonly write: (field: string) => string;
}

const wrapped = (keys: readonly string[], field: string): string =>
  keys.reduceRight((inner, key) => `{ ${key}: ${inner} }`, field);

function placesOf(kind: WorkloadKind, container: string): TypePlace[] {
  const template = podTemplatePaths[kind];
  const pod = [...template, 'spec'];
  const inPod = (field: string) => wrapped([kind, ...pod], `{ ${field} }`);
  const inSpec = (object: string) => (field: string) => wrapped([object, 'spec'], `{ ${field} }`);
  return [
    {
      type: 'Container',
      what: "a container's field",
      path: [...pod, 'containers[]'].join('.'),
      kind,
      write: (field) => inPod(`containers: [{ name: ${container}, ${field} }]`),
    },
    { type: 'PodSpec', what: "a pod's field", path: pod.join('.'), kind, write: inPod },
    { type: `${kind}Spec`, what: `a field of the ${kind}'s spec`, path: 'spec', kind, write: inSpec(kind) },
    {
      type: 'ServiceSpec',
      what: "a field of the Service's spec",
      path: 'spec',
      kind: 'Service',
      write: inSpec('Service'),
    },
  ];
}

/** @param path from the kind on; empty where the key stands in place of a kind */
function placeInPatch([kind, ...path]: Path, key: string): FieldPlace | undefined {
  const workload = Object.values(workloadKinds).find((known) => known === kind);
  if (kind === undefined) {
    return key === 'spec' || key === 'metadata'
      ? { what: 'it is a field of an object', suggestion: `write: Deployment: { ${key}: … }` }
      : undefined;
  }
  const here = path
    .map((step) => (typeof step === 'number' ? '[]' : step))
    .join('.')
    .replaceAll('.[]', '[]');
  const found = placesOf(workload ?? 'Deployment', 'NAME').find(
    (place) => place.kind === kind && fieldsOf(place.type).has(key) && place.path !== here,
  );
  return found === undefined
    ? undefined
    : { what: `it is ${found.what}`, suggestion: `write it under ${kind}.${found.path}` };
}
