import { fieldsOf, podTemplatePaths, type WorkloadKind } from '../../kubernetes/types.ts';
import type { Path } from '../../yaml/value.ts';
import { type Located, locate } from '../reading/located.ts';
import { workloadKinds } from '../schema/workloads.ts';

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
  if ((list !== 'services' && list !== 'datastores') || typeof index !== 'number') {
    return list === 'patch' ? placeInPatch(path.slice(1), key) : undefined;
  }
  if (member === 'patch') {
    return placeInPatch(path.slice(3), key);
  }
  const other = Object.hasOwn(otherNames, key) ? otherNames[key] : undefined;
  if (path.length > 2 || (other !== undefined && list === 'datastores')) {
    return undefined;
  }
  if (other !== undefined) {
    return { what: 'a service has another key for it', suggestion: `write: ${other}` };
  }
  const part = locate(root, path);
  const kind = list === 'datastores' ? 'StatefulSet' : workloadOf(part);
  const found = placesOf(kind, part.get('name').text() ?? 'NAME').find(({ type }) => fieldsOf(type).has(key));
  return found === undefined
    ? undefined
    : { what: `it is ${found.what}`, suggestion: `write: patch: ${found.write(`${key}: …`)}` };
}

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
