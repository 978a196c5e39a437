import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { accessRules } from '../../collector/access-rules.ts';
import type { CollectorConfiguration } from '../../collector/configuration.ts';
import { sha256 } from '../../text/sha256.ts';
import { recommendedLabels, selectorLabels } from '../labels.ts';
import type { BoundedResources } from '../resources.ts';
import { restrictedPod } from '../restricted-pod.ts';
import { collectorContainer, configFile, configurationVolume } from './collector-container.ts';

interface CollectorAccessProps {
  /** Name of the ServiceAccount, the ClusterRole and the ClusterRoleBinding. */
  readonly name: string;
  /** Namespace of the ServiceAccount. */
  readonly namespace: string;
  readonly labels: Record<string, string>;
  readonly configuration: CollectorConfiguration;
}

/** The collector's identity, allowed to read what its pipelines extract and nothing else. */
class CollectorAccess extends Construct {
  readonly serviceAccountName: string;
  /** Whether it reads the API server at all. */
  readonly readsCluster: boolean;

  constructor(scope: Construct, id: string, { name, namespace, labels, configuration }: CollectorAccessProps) {
    super(scope, id);
    this.serviceAccountName = name;
    const rules = accessRules(configuration);
    this.readsCluster = rules.length > 0;
    new k8s.KubeServiceAccount(this, 'ServiceAccount', {
      metadata: { name, namespace, labels },
      automountServiceAccountToken: false,
    });
    if (this.readsCluster) {
      new k8s.KubeClusterRole(this, 'ClusterRole', { metadata: { name, labels }, rules });
      new k8s.KubeClusterRoleBinding(this, 'ClusterRoleBinding', {
        metadata: { name, labels },
        roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name },
        subjects: [{ kind: 'ServiceAccount', name, namespace }],
      });
    }
  }
}

/** Options of every collector in a cluster. */
export interface CollectorWorkloadProps {
  /** The system that it belongs to. */
  readonly partOf: string;
  /** Namespace that it runs in; must hold the Secret `coralogix-keys`. */
  readonly namespace: string;
  /** Deployment environment, e.g. `production`. */
  readonly environment: string;
  readonly configuration: CollectorConfiguration;
  /**
   * Container image.
   *
   * @default - opentelemetry-collector-contrib 0.155.0
   */
  readonly image?: string;
  /**
   * What the container is promised and may use; memory in Mi or Gi.
   *
   * @default - requests 100m and 128Mi, limits 1 and 512Mi
   */
  readonly resources?: BoundedResources;
}

/** What one kind of collector adds. */
interface CollectorKind {
  readonly name: string;
  readonly ports: k8s.ContainerPort[];
  readonly volumes?: k8s.Volume[];
  readonly volumeMounts?: k8s.VolumeMount[];
  /** Settings of the pod that replace the common ones. */
  readonly pod?: Partial<k8s.PodSpec>;
}

const collectorResources: BoundedResources = {
  requests: { cpu: '100m', memory: '128Mi' },
  limits: { cpu: '1', memory: '512Mi' },
};

/** A user that the image knows. */
const collectorUser = 10001;

/** The ConfigMap, the access and the pod template of a collector. */
export abstract class CollectorWorkload extends Construct {
  protected readonly labels: Record<string, string>;
  protected readonly selector: Record<string, string>;
  protected readonly template: k8s.PodTemplateSpec;

  protected constructor(scope: Construct, id: string, props: CollectorWorkloadProps, kind: CollectorKind) {
    super(scope, id);
    const { name } = kind;
    const { partOf, namespace, configuration, environment } = props;
    const identity = { name, partOf, component: 'collector' };
    this.labels = recommendedLabels(identity);
    this.selector = selectorLabels(identity);
    const access = new CollectorAccess(this, 'Access', { name, namespace, labels: this.labels, configuration });
    const content = configuration.toYaml();
    new k8s.KubeConfigMap(this, 'Config', {
      metadata: { name, namespace, labels: this.labels },
      data: { [configFile]: content },
    });
    this.template = {
      metadata: {
        labels: this.labels,
        // A changed configuration restarts the collector.
        annotations: { 'checksum/config': sha256(content).slice(0, 16) },
      },
      spec: {
        serviceAccountName: access.serviceAccountName,
        automountServiceAccountToken: access.readsCluster,
        enableServiceLinks: false,
        nodeSelector: { 'kubernetes.io/os': 'linux' },
        securityContext: restrictedPod(collectorUser),
        containers: [
          collectorContainer({
            image: props.image ?? collectorImage,
            resources: props.resources ?? collectorResources,
            environment,
            ports: kind.ports,
            volumeMounts: kind.volumeMounts,
          }),
        ],
        volumes: [configurationVolume(name), ...(kind.volumes ?? [])],
        ...kind.pod,
      },
    };
  }
}

/** The collector that all settings are written for. */
const collectorImage =
  'ghcr.io/open-telemetry/opentelemetry-collector-releases/opentelemetry-collector-contrib:0.155.0';
