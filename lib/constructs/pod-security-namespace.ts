import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { recommendedLabels } from './labels.ts';

/**
 * A level of the Pod Security Standards.
 *
 * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/
 */
export type PodSecurityLevel = 'privileged' | 'baseline' | 'restricted';

/** Props of `PodSecurityNamespace`. */
export interface PodSecurityNamespaceProps {
  /** Name of the Namespace. */
  readonly name: string;
  /** The system that it belongs to. */
  readonly partOf: string;
  /** Pods that ask for more are refused. */
  readonly enforce: PodSecurityLevel;
  /**
   * Pods that ask for more are let in with a warning.
   *
   * @default - as `enforce`
   */
  readonly warn?: PodSecurityLevel;
}

/** A Namespace with labels of Pod Security that decide which pods it admits. Belongs in a chart without a namespace of its own. */
export class PodSecurityNamespace extends Construct {
  constructor(scope: Construct, id: string, props: PodSecurityNamespaceProps) {
    super(scope, id);
    new k8s.KubeNamespace(this, 'Resource', {
      metadata: {
        name: props.name,
        labels: {
          ...recommendedLabels(props),
          'pod-security.kubernetes.io/enforce': props.enforce,
          'pod-security.kubernetes.io/warn': props.warn ?? props.enforce,
        },
      },
    });
  }
}
