import { Chart } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { endpointKey } from '../telemetry/environment.ts';
import { commonKeys } from './application-config.ts';
import { claimSpec, isExclusive } from './claim.ts';
import { instrumentedContainer, portName } from './instrumented-container.ts';
import type { InstrumentedServiceProps } from './instrumented-service-props.ts';
import { recommendedLabels, selectorLabels } from './labels.ts';
import { restrictedPod, tokenlessServiceAccount } from './restricted-pod.ts';

/**
 * A Deployment and a Service whose spans arrive with pod, namespace, deployment and node.
 *
 * @see https://coralogix.com/docs/user-guides/apm/getting-started/apm-onboarding-tutorial/
 */
export class InstrumentedService extends Construct {
  /** Name of the Deployment, the Service and of the telemetry. */
  readonly name: string;
  /** Number of pods. */
  readonly replicas: number;
  /** The container's environment, in the order in which the kubelet expands it. */
  readonly environment: readonly k8s.EnvVar[];

  /** @throws Error when several replicas share a volume that one pod alone can write, or a key does not exist */
  constructor(scope: Construct, id: string, props: InstrumentedServiceProps) {
    super(scope, id);
    this.name = props.name;
    this.replicas = props.replicas ?? 1;
    const volumes = props.volumes ?? [];
    const exclusive = volumes.find(({ claim }) => claim !== undefined && isExclusive(claim));
    if (exclusive !== undefined && this.replicas > 1) {
      throw new Error(
        `${props.name}: replicas is ${this.replicas}, but volume ${exclusive.name} is ${exclusive.claim?.accessMode ?? 'ReadWriteOnce'}: write replicas 1 or accessMode ReadWriteMany`,
      );
    }
    requireSameNamespace(this, {
      [`ConfigMap ${props.config.name}`]: props.config,
      ...(props.secret === undefined ? {} : { [`Secret ${props.secret.name}`]: props.secret }),
    });
    const endpoint = endpointKey(props.protocol);
    // It says which keys there are where this one is missing.
    props.config.variable(endpoint);
    const configKeys = [...commonKeys, ...(props.configKeys ?? [])];
    const container = instrumentedContainer(props, configKeys);
    this.environment = container.env ?? [];

    const identity = { name: props.name, partOf: props.partOf, component: 'service', version: props.version };
    const labels = recommendedLabels(identity);
    const selector = selectorLabels(identity);
    const serviceAccountName = tokenlessServiceAccount(this, props.name, labels);

    for (const { name, claim } of volumes) {
      if (claim !== undefined) {
        new k8s.KubePersistentVolumeClaim(this, `Claim-${name}`, {
          metadata: { name, labels },
          spec: claimSpec(claim),
        });
      }
    }

    new k8s.KubeDeployment(this, 'Deployment', {
      metadata: { name: props.name, labels },
      spec: {
        replicas: this.replicas,
        selector: { matchLabels: selector },
        // A rolling update would start the new pod while the old one still holds the volume.
        strategy: exclusive === undefined ? undefined : { type: 'Recreate' },
        template: {
          metadata: {
            labels,
            annotations: { 'checksum/config': props.config.checksum([endpoint, ...configKeys]) },
          },
          spec: {
            serviceAccountName,
            automountServiceAccountToken: false,
            enableServiceLinks: false,
            securityContext: restrictedPod(props.runAsUser ?? 10001),
            containers: [container],
            volumes: [
              { name: 'tmp', emptyDir: {} },
              ...volumes.map(({ name, claim }) =>
                claim === undefined ? { name, emptyDir: {} } : { name, persistentVolumeClaim: { claimName: name } },
              ),
            ],
          },
        },
      },
    });

    new k8s.KubeService(this, 'Service', {
      metadata: { name: props.name, labels },
      spec: {
        type: props.nodePort === undefined ? 'ClusterIP' : 'NodePort',
        selector,
        ports: [
          {
            name: portName,
            port: props.port,
            targetPort: k8s.IntOrString.fromString(portName),
            nodePort: props.nodePort,
          },
        ],
      },
    });

    if (this.replicas > 1) {
      new k8s.KubePodDisruptionBudget(this, 'PodDisruptionBudget', {
        metadata: { name: props.name, labels },
        spec: { maxUnavailable: k8s.IntOrString.fromNumber(1), selector: { matchLabels: selector } },
      });
    }
  }
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
