import type { Mapping } from '../yaml/value.ts';
import type { Claim } from './claim.ts';

/** A volume of a pod. */
export interface ServiceVolume {
  /** Name of the volume and, with `claim`, of the PersistentVolumeClaim. */
  readonly name: string;
  /**
   * Where the container sees it.
   *
   * @default - the container does not mount it
   */
  readonly mountPath?: string;
  /**
   * Path inside the volume that is mounted.
   *
   * @default - its root
   */
  readonly subPath?: string;
  /**
   * Whether the container cannot write it.
   *
   * @default false
   */
  readonly readOnly?: boolean;
  /**
   * Keep the content.
   *
   * @default - an emptyDir
   */
  readonly claim?: Claim;
  /**
   * Another kind of volume, as Kubernetes' API has it, e.g. `{ configMap: { name: 'nginx' } }`.
   *
   * @default - an emptyDir
   */
  readonly source?: Mapping;
}

/** A port of a service. */
export interface ServicePortProps {
  /** Name of the port, e.g. `http` or `grpc`; at most 15 letters, digits and `-`. */
  readonly name: string;
  /** Port that the Service offers. */
  readonly port: number;
  /**
   * Port that the container listens on.
   *
   * @default - that of the Service
   */
  readonly targetPort?: number;
  /**
   * Transport.
   *
   * @default TCP
   */
  readonly protocol?: 'TCP' | 'UDP' | 'SCTP';
  /**
   * Protocol above it, e.g. `kubernetes.io/h2c`.
   *
   * @default - by the name, where a mesh looks at it
   */
  readonly appProtocol?: string;
  /**
   * Port on every node, 30000 to 32767.
   *
   * @default - reachable inside the cluster only
   */
  readonly nodePort?: number;
}

/** The ServiceAccount of a service. */
export interface ServiceIdentity {
  /**
   * Name of the ServiceAccount.
   *
   * @default - that of the service
   */
  readonly name?: string;
  /**
   * Whether it is synthesized.
   *
   * @default true
   */
  readonly create?: boolean;
  /**
   * Annotations, e.g. the role of a cloud provider.
   *
   * @default - none
   */
  readonly annotations?: Readonly<Record<string, string>>;
  /**
   * Whether its token is mounted.
   *
   * @default false
   */
  readonly token?: boolean;
}

/** How a HorizontalPodAutoscaler sets the number of pods. */
export interface ServiceAutoscaling {
  /**
   * Fewest pods.
   *
   * @default 1
   */
  readonly minReplicas?: number;
  /** Most pods. */
  readonly maxReplicas: number;
  /**
   * Average use of the requested CPU, in percent.
   *
   * @default - 80, where no metrics are given
   */
  readonly targetCPUUtilizationPercentage?: number;
  /**
   * Metrics as `autoscaling/v2` has them.
   *
   * @default - use of CPU
   */
  readonly metrics?: readonly Mapping[];
  /**
   * How fast it scales, as `autoscaling/v2` has it.
   *
   * @default - Kubernetes' own
   */
  readonly behavior?: Mapping;
}

/** The Service object of a service. */
export interface ServiceObject {
  /**
   * Name of the Service.
   *
   * @default - that of the service
   */
  readonly name?: string;
  /**
   * Kind of access.
   *
   * @default - NodePort where a node port is given, otherwise ClusterIP
   */
  readonly type?: 'ClusterIP' | 'NodePort' | 'LoadBalancer';
  /**
   * Whether names lead to the pods themselves.
   *
   * @default - for a StatefulSet alone
   */
  readonly headless?: boolean;
  /**
   * Annotations, e.g. those of a load balancer.
   *
   * @default - none
   */
  readonly annotations?: Readonly<Record<string, string>>;
}

/** What surrounds the container of a service. */
export interface ServiceExtent {
  /**
   * The Service object.
   *
   * @default - one of the service's name, where there are ports
   */
  readonly service?: ServiceObject;
  /**
   * Identity of the pods.
   *
   * @default - a ServiceAccount of the service's name without a token
   */
  readonly serviceAccount?: ServiceIdentity;
  /**
   * A HorizontalPodAutoscaler.
   *
   * @default - none
   */
  readonly autoscaling?: ServiceAutoscaling;
  /**
   * Pods that must stay when nodes are drained: numbers or percentages.
   *
   * @default - all but one, where there are several replicas
   */
  readonly podDisruptionBudget?: { readonly minAvailable?: string; readonly maxUnavailable?: string };
  /**
   * Labels by which the workload and the Service select the pods, for a workload that exists already.
   *
   * @default - app.kubernetes.io/name and app.kubernetes.io/instance
   */
  readonly selector?: Readonly<Record<string, string>>;
  /**
   * Further labels of all objects and the pods.
   *
   * @default - none
   */
  readonly labels?: Readonly<Record<string, string>>;
  /**
   * Annotations of the workload.
   *
   * @default - none
   */
  readonly annotations?: Readonly<Record<string, string>>;
  /**
   * Annotations of the pods.
   *
   * @default - none but the checksum of the configuration
   */
  readonly podAnnotations?: Readonly<Record<string, string>>;
  /**
   * Further labels of the pods.
   *
   * @default - none
   */
  readonly podLabels?: Readonly<Record<string, string>>;
  /**
   * Whether containers get a variable for each Service of the namespace.
   *
   * @default false
   */
  readonly enableServiceLinks?: boolean;
  /**
   * What happens when the container ends.
   *
   * @default - OnFailure for a Job or CronJob, otherwise Always
   */
  readonly restartPolicy?: 'Always' | 'OnFailure' | 'Never';
}
