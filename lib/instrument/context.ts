import type { DataLookup } from '../model/environment/container-environment.ts';
import type { OtlpProtocol } from '../telemetry/environment.ts';
import type { Language } from '../telemetry/languages.ts';
import type { Mapping } from '../yaml/value.ts';
import type { EndpointContract } from './endpoint.ts';
import type { PodOwner } from './identity.ts';

/** What is the same for all workloads of a run. */
export interface InstrumentContext {
  readonly endpoint: EndpointContract;
  /**
   * Value of `deployment.environment` and `deployment.environment.name`.
   *
   * @default - workloads get neither
   */
  readonly environment?: string;
  /**
   * Value of `OTEL_EXPORTER_OTLP_PROTOCOL` where a container has none.
   *
   * @default - by language and port
   */
  readonly protocol?: OtlpProtocol;
  /**
   * Language of the containers of a workload that no annotation gives one.
   *
   * @default - as image and command show it
   */
  readonly languageOf?: (kind: string, name: string) => Language | undefined;
  /**
   * Finds the ConfigMaps and Secrets that `envFrom` and references name.
   *
   * @default - none was read
   */
  readonly lookup?: DataLookup;
  /**
   * Whether the labels `app.kubernetes.io/instance` and `app.kubernetes.io/name` name a service before its workload does.
   *
   * @default false
   */
  readonly serviceNameFromLabels?: boolean;
  /**
   * A variable that holds the version of the service, where a container declares it.
   *
   * @default - the version is that of the pod's label or of the image
   */
  readonly versionVariable?: string;
  /**
   * Whether the images are those that will run, so that their tags are versions.
   *
   * @default true
   */
  readonly imagesAreFinal?: boolean;
}

export interface ContainerProps {
  readonly container: Mapping;
  readonly index: number;
  readonly owner: PodOwner;
  readonly context: InstrumentContext;
  /** Labels of the pod template itself, which the downward API offers. */
  readonly podLabels: Readonly<Record<string, string>>;
  /** Whether no other container of the pod is instrumented. */
  readonly isAlone: boolean;
  /** Whether the kubelet adds variables for each Service of the namespace. */
  readonly hasServiceLinks: boolean;
  /** Whether the pod has the address of its node. */
  readonly isOnHostNetwork: boolean;
  /** Whether a collector runs in the same pod. */
  readonly hasCollector: boolean;
}
