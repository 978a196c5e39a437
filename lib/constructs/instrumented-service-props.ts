import type { OtlpProtocol } from '../telemetry/environment.ts';
import type { ApplicationConfig } from './application-config.ts';
import type { ApplicationSecret } from './application-secret.ts';
import type { Claim } from './claim.ts';
import type { Resources } from './resources.ts';

/** A writable folder of a container. */
export interface ServiceVolume {
  /** Name of the volume and, with `claim`, of the PersistentVolumeClaim. */
  readonly name: string;
  /** Where the container sees it. */
  readonly mountPath: string;
  /**
   * Keep the content.
   *
   * @default - an emptyDir
   */
  readonly claim?: Claim;
}

/** Props of `InstrumentedService`. */
export interface InstrumentedServiceProps {
  /** Name of the Deployment, the Service, the container and of the telemetry (`service.name`). */
  readonly name: string;
  /** The system that it belongs to. */
  readonly partOf: string;
  /** Container image with tag or digest. */
  readonly image: string;
  /** `service.version`; a label, so at most 63 letters, digits, `-`, `_` and `.`. */
  readonly version: string;
  /** Port that the container listens on and the Service offers. */
  readonly port: number;
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
   * @default /health
   */
  readonly healthPath?: string;
  /**
   * Number of pods.
   *
   * @default 1
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
   * Further environment variables; values arrive as written, `$(NAME)` included.
   *
   * @default - none
   */
  readonly env?: Readonly<Record<string, string>>;
  /**
   * What the container is promised and may use.
   *
   * @default - requests 50m and 64Mi, limits 250m and 128Mi
   */
  readonly resources?: Resources;
  /**
   * Writable folders beside `/tmp`.
   *
   * @default - none
   */
  readonly volumes?: readonly ServiceVolume[];
  /**
   * User and group id of the process, not 0.
   *
   * @default 10001
   */
  readonly runAsUser?: number;
  /**
   * Whether the image's own files cannot be written.
   *
   * @default true
   */
  readonly readOnlyRootFilesystem?: boolean;
}
