export interface StageOptions {
  readonly kind: 'Node' | 'Pod' | 'PersistentVolume' | 'PersistentVolumeClaim';
  /** A jq expression over the object; the stage plays when it is true. */
  readonly when: string;
  readonly steps: readonly object[];
}

/** One rule of kwok: what happens to an object that is so. */
export function stage(name: string, { kind, when, steps }: StageOptions): object {
  return {
    apiVersion: 'kwok.x-k8s.io/v1alpha1',
    kind: 'Stage',
    metadata: { name },
    spec: {
      resourceRef: { apiGroup: 'v1', kind },
      selector: { matchExpressions: [{ jq: { key: when, operator: 'In', values: ['true'] } }] },
      steps,
    },
  };
}

/** Changes the object's status; the template is YAML below `status`. */
export function patchStatus(template: string): object {
  // Strategic, so that the conditions of others, such as the scheduler's PodScheduled, stay.
  return { patch: { subresource: 'status', root: 'status', type: 'strategic', template } };
}
