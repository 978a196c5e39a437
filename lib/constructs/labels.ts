/** Labels of one thing in a system. */
export interface LabelsProps {
  /** What it is, e.g. `api-gateway`. */
  readonly name: string;
  /** The system that it belongs to. */
  readonly partOf: string;
  /**
   * Its role in the system.
   *
   * @default - no label
   */
  readonly component?: string;
  /**
   * Its version.
   *
   * @default - no label
   */
  readonly version?: string;
}

/** The labels that select pods. A Deployment's selector is immutable, so nothing that changes belongs here. */
export function selectorLabels({ name, partOf }: LabelsProps): Record<string, string> {
  return { 'app.kubernetes.io/name': name, 'app.kubernetes.io/instance': partOf };
}

/**
 * The recommended labels.
 *
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/common-labels/
 */
export function recommendedLabels(props: LabelsProps): Record<string, string> {
  return {
    ...selectorLabels(props),
    ...(props.component === undefined ? {} : { 'app.kubernetes.io/component': props.component }),
    ...(props.version === undefined ? {} : { 'app.kubernetes.io/version': props.version }),
    'app.kubernetes.io/part-of': props.partOf,
    'app.kubernetes.io/managed-by': 'cdk8s-podhost',
  };
}
