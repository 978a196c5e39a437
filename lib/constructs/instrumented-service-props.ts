import type { k8s } from 'cdk8s-plus-27';
import type { WorkloadKind } from '../kubernetes/types.ts';
import type { OtlpProtocol } from '../telemetry/environment.ts';
import type { Mapping } from '../yaml/value.ts';
import type { ApplicationConfig } from './application-config.ts';
import type { ApplicationSecret } from './application-secret.ts';
import type { PatchesByKind } from './patch.ts';
import type { Resources } from './resources.ts';
import type { ServiceExtent, ServicePortProps, ServiceVolume } from './service-extent.ts';

/** How the kubelet judges a container. */
export interface ServiceProbes {
  /**
   * Holds the others back until it succeeds.
   *
   * @default - HTTP at `healthPath`, for two minutes; without it, none
   */
  readonly startup?: k8s.Probe | 'none';
  /**
   * Decides whether the Service sends requests.
   *
   * @default - HTTP at `healthPath`; without it, none
   */
  readonly readiness?: k8s.Probe | 'none';
  /**
   * Restarts the container when it fails.
   *
   * @default - HTTP at `healthPath`; without it, none
   */
  readonly liveness?: k8s.Probe | 'none';
}

/** Props of `InstrumentedService`. */
export interface InstrumentedServiceProps extends ServiceExtent {
  /** Name of the workload, the Service and of the telemetry (`service.name`). */
  readonly name: string;
  /** The system that it belongs to. */
  readonly partOf: string;
  /** Container image with tag or digest. */
  readonly image: string;
  /** `service.version`; a label, so at most 63 letters, digits, `-`, `_` and `.`. */
  readonly version: string;
  /**
   * Kind of the workload.
   *
   * @default Deployment
   */
  readonly kind?: WorkloadKind;
  /**
   * When a CronJob runs, e.g. a cron expression.
   *
   * @default - no CronJob
   */
  readonly schedule?: string;
  /**
   * Name of the container; one that runs keeps its own, or it would run beside the new one.
   *
   * @default - the name
   */
  readonly containerName?: string;
  /**
   * Command of the container.
   *
   * @default - the image's entrypoint
   */
  readonly command?: readonly string[];
  /**
   * Arguments of the command.
   *
   * @default - the image's
   */
  readonly args?: readonly string[];
  /**
   * Folder that the command starts in.
   *
   * @default - the image's
   */
  readonly workingDirectory?: string;
  /**
   * The one port that the Service offers.
   *
   * @default - those of `ports`; with neither there is no Service
   */
  readonly port?: number;
  /**
   * Port that the container listens on.
   *
   * @default - that of the Service
   */
  readonly targetPort?: number;
  /**
   * Several ports, or one with a name of its own.
   *
   * @default - `port` alone
   */
  readonly ports?: readonly ServicePortProps[];
  /**
   * `service.name` of the telemetry.
   *
   * @default - the name
   */
  readonly serviceName?: string;
  /**
   * Further resource attributes, by name.
   *
   * @default - none
   */
  readonly resourceAttributes?: Readonly<Record<string, string>>;
  /** The ConfigMap with the endpoint that spans are sent to. */
  readonly config: ApplicationConfig;
  /**
   * OTLP protocol of the SDK; the endpoint's port follows. `http/protobuf` needs `httpEndpoint` of the `config`.
   *
   * @default grpc
   */
  readonly protocol?: OtlpProtocol;
  /**
   * Whether spans of AI clients have prompts and answers, which are often personal data.
   *
   * @default false
   */
  readonly captureContent?: boolean;
  /**
   * Number of attributes that a span may have.
   *
   * @default - 512 with `captureContent`, otherwise the SDK's own, 128
   */
  readonly spanAttributeLimit?: number;
  /**
   * Port on every node, 30000 to 32767.
   *
   * @default - reachable inside the cluster only
   */
  readonly nodePort?: number;
  /**
   * HTTP path that answers 200 when the service can work.
   *
   * @default - no probes but `probes`
   */
  readonly healthPath?: string;
  /**
   * How the kubelet judges the container.
   *
   * @default - HTTP at `healthPath`; without it, none
   */
  readonly probes?: ServiceProbes;
  /**
   * Number of pods.
   *
   * @default - not written, so that an autoscaler may set it; Kubernetes starts one
   */
  readonly replicas?: number;
  /**
   * When the kubelet pulls the image.
   *
   * @default IfNotPresent
   */
  readonly imagePullPolicy?: 'Always' | 'IfNotPresent' | 'Never';
  /**
   * Keys of the ConfigMap that it reads beside those that every service does.
   *
   * @default - none
   */
  readonly configKeys?: readonly string[];
  /**
   * The Secret that it reads.
   *
   * @default - none
   */
  readonly secret?: ApplicationSecret;
  /**
   * Keys of the Secret that it reads.
   *
   * @default - none
   */
  readonly secretKeys?: readonly string[];
  /**
   * Further environment variables: texts, in which `$(NAME)` of a variable that stands before is replaced by its value, or
   * sources.
   *
   * @default - none
   */
  readonly env?: Readonly<Record<string, string | k8s.EnvVarSource>>;
  /**
   * ConfigMaps and Secrets of which every key becomes a variable.
   *
   * @default - none
   */
  readonly envFrom?: readonly k8s.EnvFromSource[];
  /**
   * What the container is promised and may use.
   *
   * @default - nothing is written
   */
  readonly resources?: Resources;
  /**
   * Volumes of the pod.
   *
   * @default - none
   */
  readonly volumes?: readonly ServiceVolume[];
  /**
   * Whether the pod runs as the restricted Pod Security Standard wants it: another user than root, a root file system that
   * cannot be written, no capabilities.
   *
   * @default false
   */
  readonly hardened?: boolean;
  /**
   * User and group id of the process, not 0.
   *
   * @default - the image's own; 10001 with `hardened`
   */
  readonly runAsUser?: number;
  /**
   * Whether the image's own files cannot be written.
   *
   * @default - as `hardened`
   */
  readonly readOnlyRootFilesystem?: boolean;
  /**
   * Further fields of the pod, as Kubernetes' API has them, e.g. `{ tolerations: [{ operator: 'Exists' }] }`. With
   * `hostNetwork: true` alone, `dnsPolicy` is `ClusterFirstWithHostNet`, so that the pod finds Services by name.
   *
   * @default - none
   */
  readonly pod?: Mapping;
  /**
   * Strategic merge patches of the objects, by kind.
   *
   * @default - none
   */
  readonly patch?: PatchesByKind;
}
