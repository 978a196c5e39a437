import { kubernetesFields } from '../../imports/api/fields.ts';
import { ownValue } from '../own-value.ts';

/** A field of a Kubernetes object. */
export interface KubernetesField {
  /** Name of a type, or `string`, `number`, `boolean`, `quantity`, `intOrString`, `any`. */
  readonly type: string;
  readonly shape: 'value' | 'list' | 'mapping';
  readonly required: boolean;
  /**
   * Field by which the entries of a list are merged; a list without one is replaced.
   *
   * @default - the list is replaced, or the field is no list
   */
  readonly mergeKey?: string;
}

type Fields = ReadonlyMap<string, KubernetesField>;

/**
 * By type of the entries, except where fields of one type differ.
 *
 * @see https://kubernetes.io/docs/reference/kubernetes-api/ (patch merge key)
 */
const mergeKeys: Readonly<Record<string, string>> = {
  Container: 'name',
  ContainerPort: 'containerPort',
  EnvVar: 'name',
  EphemeralContainer: 'name',
  HostAlias: 'ip',
  OwnerReference: 'uid',
  PodResourceClaim: 'name',
  ServicePort: 'port',
  TopologySpreadConstraint: 'topologyKey',
  Volume: 'name',
  VolumeDevice: 'devicePath',
  VolumeMount: 'mountPath',
};

/** Lists of references by name: those of a pod and of a ServiceAccount are merged. */
const mergedReferences = ['imagePullSecrets', 'secrets'];

const known = new Map<string, Fields>();

/** Whether a name is that of a type with fields. */
export const hasFields = (type: string): boolean => Object.hasOwn(kubernetesFields, type);

/** Fields of a type; of a scalar none. */
export function fieldsOf(type: string): Fields {
  const parsed = known.get(type) ?? parse(ownValue(kubernetesFields, type) ?? '');
  known.set(type, parsed);
  return parsed;
}

const parse = (text: string): Fields =>
  new Map(
    text
      .split(' ')
      .filter((field) => field !== '')
      .map((field) => {
        const [, name = '', mark, type = '', suffix] = /^([^!:]+)(!)?:(\w+)(\[\]|\{\})?$/.exec(field) ?? [];
        const shape = suffix === '[]' ? 'list' : suffix === '{}' ? 'mapping' : 'value';
        const mergeKey = mergedReferences.includes(name) ? 'name' : ownValue(mergeKeys, type);
        return [
          name,
          {
            type,
            shape,
            required: mark !== undefined,
            ...(shape === 'list' && mergeKey !== undefined ? { mergeKey } : {}),
          },
        ] as const;
      }),
  );

/** Kinds of workloads, each with the fields that lead to its pod template. */
export const podTemplatePaths = {
  Deployment: ['spec', 'template'],
  StatefulSet: ['spec', 'template'],
  DaemonSet: ['spec', 'template'],
  Job: ['spec', 'template'],
  CronJob: ['spec', 'jobTemplate', 'spec', 'template'],
} as const;

/** Kind of a workload, e.g. `StatefulSet`. */
export type WorkloadKind = keyof typeof podTemplatePaths;
