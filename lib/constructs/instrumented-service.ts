import { Chart } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { endpointKey } from '../telemetry/environment.ts';
import { commonKeys } from './application-config.ts';
import { claimSpec, isExclusive } from './claim.ts';
import { instrumentedContainer, mountsTemporaryFolder } from './instrumented-container.ts';
import type { InstrumentedServiceProps } from './instrumented-service-props.ts';
import { recommendedLabels, selectorLabels } from './labels.ts';
import { patchObject, patchObjects } from './patch.ts';
import { restrictedPod } from './restricted-pod.ts';
import type { ServicePortProps, ServiceVolume } from './service-extent.ts';
import { portsOf, serviceObjectPorts } from './service-ports.ts';
import { createAutoscaler, createDisruptionBudget } from './service-scaling.ts';
import { createWorkload, podPatch } from './service-workload.ts';

/**
 * A workload and a Service whose spans arrive with pod, namespace, workload and node.
 *
 * @see https://coralogix.com/docs/user-guides/apm/getting-started/apm-onboarding-tutorial/
 */
export class InstrumentedService extends Construct {
  /** Name of the workload, the Service and of the telemetry. */
  readonly name: string;
  /** Number of pods; undefined where an autoscaler sets it. */
  readonly replicas: number | undefined;
  /** The container's environment, in the order in which the kubelet expands it. */
  readonly environment: readonly k8s.EnvVar[];
  /** The ports of the Service; of none, there is no Service. */
  readonly ports: readonly ServicePortProps[];
  /** Name of the Service. */
  readonly host: string;

  /** @throws Error when several replicas share a volume that one pod alone can write, or a key does not exist */
  constructor(scope: Construct, id: string, props: InstrumentedServiceProps) {
    super(scope, id);
    const { kind = 'Deployment', volumes = [] } = props;
    this.name = props.name;
    this.host = props.service?.name ?? props.name;
    this.replicas = props.autoscaling === undefined ? props.replicas : undefined;
    this.ports = portsOf(props);
    const isShared = kind !== 'StatefulSet';
    const exclusive = isShared ? volumes.find(({ claim }) => claim !== undefined && isExclusive(claim)) : undefined;
    if (exclusive !== undefined && (this.replicas ?? 1) > 1) {
      throw new Error(
        `${props.name}: replicas is ${this.replicas}, but volume ${exclusive.name} is ${exclusive.claim?.accessMode ?? 'ReadWriteOnce'}: write replicas 1 or accessMode ReadWriteMany`,
      );
    }
    requireSameNamespace(this, {
      [`ConfigMap ${props.config.name}`]: props.config,
      ...(props.secret === undefined ? {} : { [`Secret ${props.secret.name}`]: props.secret }),
    });
    const endpoint = endpointKey(props.protocol);
    // The error of `variable` names the keys that there are.
    props.config.variable(endpoint);
    const configKeys = [...commonKeys, ...(props.configKeys ?? [])];
    const container = instrumentedContainer(props, configKeys);
    this.environment = container.env ?? [];

    const identity = { name: props.name, partOf: props.partOf, component: 'service', version: props.version };
    const selector = { ...(props.selector ?? selectorLabels(identity)) };
    const labels = { ...recommendedLabels(identity), ...props.labels };
    const metadata = { name: props.name, labels };
    const serviceAccountName = this.serviceAccount(props, labels);
    const claims = claimsOf(volumes);

    for (const [name, claim] of isShared ? Object.entries(claims) : []) {
      new k8s.KubePersistentVolumeClaim(this, `Claim-${name}`, { metadata: { name, labels }, spec: claimSpec(claim) });
    }

    const workload = createWorkload(this, {
      kind,
      metadata: { ...metadata, annotations: props.annotations },
      selector,
      replicas: this.replicas,
      isExclusive: exclusive !== undefined,
      claims: isShared ? {} : claims,
      serviceName: this.host,
      schedule: props.schedule,
      template: {
        metadata: {
          labels: { ...labels, ...props.podLabels, ...selector },
          annotations: {
            ...props.podAnnotations,
            'checksum/config': props.config.checksum([endpoint, ...configKeys]),
          },
        },
        spec: {
          serviceAccountName,
          automountServiceAccountToken: props.serviceAccount?.token ?? false,
          enableServiceLinks: props.enableServiceLinks ?? false,
          restartPolicy: props.restartPolicy ?? (kind === 'Job' || kind === 'CronJob' ? 'OnFailure' : undefined),
          securityContext: podSecurity(props),
          containers: [container],
          volumes: podVolumes(props, isShared),
        },
      },
    });
    const fields = { ...sourceVolumes(volumes), ...props.pod };
    patchObject(workload, Object.keys(fields).length === 0 ? undefined : podPatch(kind, fields), 'fields');
    this.createService(props, { labels, selector });
    if (props.autoscaling !== undefined) {
      const target = { apiVersion: 'apps/v1', kind, name: props.name };
      createAutoscaler(this, metadata, target, props.autoscaling);
    }
    if (props.podDisruptionBudget !== undefined || (this.replicas ?? 1) > 1) {
      createDisruptionBudget(this, metadata, selector, props.podDisruptionBudget ?? {});
    }
    patchObjects(this, props.patch ?? {}, 'part');
  }

  private serviceAccount({ name, serviceAccount = {} }: InstrumentedServiceProps, labels: Record<string, string>) {
    const account = serviceAccount.name ?? name;
    if (serviceAccount.create ?? true) {
      new k8s.KubeServiceAccount(this, 'ServiceAccount', {
        metadata: { name: account, labels, annotations: annotationsOf(serviceAccount.annotations) },
        automountServiceAccountToken: serviceAccount.token ?? false,
      });
    }
    return account;
  }

  private createService({ service = {}, kind }: InstrumentedServiceProps, pods: PodLabels): void {
    if (this.ports.length === 0) {
      return;
    }
    const type = service.type ?? (this.ports.some(({ nodePort }) => nodePort !== undefined) ? 'NodePort' : 'ClusterIP');
    const isHeadless = service.headless ?? (kind === 'StatefulSet' && type === 'ClusterIP');
    new k8s.KubeService(this, 'Service', {
      metadata: { name: this.host, labels: pods.labels, annotations: annotationsOf(service.annotations) },
      spec: {
        type,
        clusterIp: isHeadless ? 'None' : undefined,
        selector: pods.selector,
        ports: serviceObjectPorts(this.ports),
      },
    });
  }
}

interface PodLabels {
  readonly labels: Record<string, string>;
  readonly selector: Record<string, string>;
}

const annotationsOf = (annotations: Readonly<Record<string, string>> = {}) =>
  Object.keys(annotations).length === 0 ? undefined : annotations;

const claimsOf = (volumes: readonly ServiceVolume[]) =>
  Object.fromEntries(volumes.flatMap(({ name, claim }) => (claim === undefined ? [] : [[name, claim] as const])));

function podSecurity({ hardened, runAsUser }: InstrumentedServiceProps): k8s.PodSecurityContext | undefined {
  if (hardened === true) {
    return restrictedPod(runAsUser ?? 10001);
  }
  return runAsUser === undefined ? undefined : { runAsUser, runAsGroup: runAsUser, fsGroup: runAsUser };
}

function podVolumes(props: InstrumentedServiceProps, isShared: boolean): k8s.Volume[] | undefined {
  const volumes: k8s.Volume[] = [
    ...(mountsTemporaryFolder(props) ? [{ name: 'tmp', emptyDir: {} }] : []),
    ...(props.volumes ?? []).flatMap(({ name, claim, source }): k8s.Volume[] => {
      if (claim !== undefined) {
        return isShared ? [{ name, persistentVolumeClaim: { claimName: name } }] : [];
      }
      return source === undefined ? [{ name, emptyDir: {} }] : [];
    }),
  ];
  return volumes.length === 0 ? undefined : volumes;
}

/** Volumes of other kinds, which the typed pod may not know. */
function sourceVolumes(volumes: readonly ServiceVolume[]) {
  const found = volumes.flatMap(({ name, source }) => (source === undefined ? [] : [{ name, ...source }]));
  return found.length === 0 ? {} : { volumes: found };
}

/**
 * Makes synthesis fail when a construct refers to an object of another namespace, which no pod can read.
 *
 * @param referred the constructs that it refers to, by what they are, e.g. `ConfigMap shop-config`
 */
function requireSameNamespace(construct: Construct, referred: Readonly<Record<string, Construct>>): void {
  const namespaceOf = (of: Construct) => Chart.of(of).namespace ?? 'default';
  construct.node.addValidation({
    validate: () =>
      Object.entries(referred)
        .filter(([, other]) => namespaceOf(other) !== namespaceOf(construct))
        .map(
          ([title, other]) =>
            `its pods are in namespace ${namespaceOf(construct)} and cannot read ${title} in namespace ${namespaceOf(other)}: make both in charts of one namespace`,
        ),
  });
}
