import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { type Claim, ClaimingStatefulSet, claimSpec } from './claim.ts';
import { recommendedLabels, selectorLabels } from './labels.ts';
import { type PatchesByKind, patchObjects } from './patch.ts';
import { type Resources, resourceRequirements } from './resources.ts';
import { restrictedContainer, restrictedPod, tokenlessServiceAccount } from './restricted-pod.ts';

/** Options of every datastore. */
export interface DatastoreProps {
  /** Name of the StatefulSet and of its headless Service. */
  readonly name: string;
  /** The system that it belongs to. */
  readonly partOf: string;
  /** Where the data is kept. */
  readonly storage: Claim;
  /**
   * What the container is promised and may use.
   *
   * @default - requests 50m and 64Mi, limits 500m and 256Mi
   */
  readonly resources?: Resources;
  /**
   * Strategic merge patches of the objects, by kind.
   *
   * @default - none
   */
  readonly patch?: PatchesByKind;
}

/** What one kind of datastore adds. */
export interface DatastoreServer {
  /** Its role in the system, and the name of its port: at most 15 letters. */
  readonly component: string;
  /** Container image. */
  readonly image: string;
  /** Port that the server listens on. */
  readonly port: number;
  /** User and group of the image. */
  readonly user: number;
  /**
   * Command of the container.
   *
   * @default - that of the image
   */
  readonly command?: string[];
  /** Environment of the container. */
  readonly env: k8s.EnvVar[];
  /** Where the data volume is mounted. */
  readonly dataPath: string;
  /** Further folders that the server writes, emptied at every restart. */
  readonly scratchPaths: Readonly<Record<string, string>>;
  /** A command that succeeds when the server answers. */
  readonly healthCommand: string[];
  /**
   * ConfigMap whose files an empty data folder starts from, and the folder in which the server looks for them.
   *
   * @default - none
   */
  readonly initFiles?: { readonly configMapName: string; readonly mountPath: string };
}

const datastoreResources: Resources = {
  requests: { cpu: '50m', memory: '64Mi' },
  limits: { cpu: '500m', memory: '256Mi' },
};

/** A StatefulSet of one pod with a headless Service and a volume that outlives it. */
export abstract class Datastore extends Construct {
  /** Name of the StatefulSet and of its headless Service. */
  readonly name: string;
  /** Port that clients connect to. */
  readonly port: number;
  /** Address for clients inside the cluster, without a password. */
  abstract readonly url: string;

  protected constructor(scope: Construct, id: string, props: DatastoreProps, server: DatastoreServer) {
    super(scope, id);
    this.name = props.name;
    this.port = server.port;
    const identity = { name: props.name, partOf: props.partOf, component: server.component };
    const labels = recommendedLabels(identity);
    const selector = selectorLabels(identity);
    const serviceAccountName = tokenlessServiceAccount(this, props.name, labels);
    const scratch = Object.entries(server.scratchPaths);
    const { initFiles } = server;

    new ClaimingStatefulSet(this, 'StatefulSet', {
      metadata: { name: props.name, labels },
      spec: {
        replicas: 1,
        serviceName: props.name,
        selector: { matchLabels: selector },
        template: {
          metadata: { labels },
          spec: {
            serviceAccountName,
            automountServiceAccountToken: false,
            enableServiceLinks: false,
            securityContext: restrictedPod(server.user),
            containers: [
              {
                name: props.name,
                image: server.image,
                imagePullPolicy: 'IfNotPresent',
                command: server.command,
                env: server.env,
                ports: [{ name: portName(props.name, server.component), containerPort: server.port }],
                ...probes(server.healthCommand),
                resources: resourceRequirements(props.resources ?? datastoreResources),
                securityContext: restrictedContainer(true),
                volumeMounts: [
                  { name: 'data', mountPath: server.dataPath },
                  ...scratch.map(([name, mountPath]) => ({ name, mountPath })),
                  ...(initFiles ? [{ name: 'init', mountPath: initFiles.mountPath, readOnly: true }] : []),
                ],
              },
            ],
            volumes: [
              ...scratch.map(([name]) => ({ name, emptyDir: {} })),
              ...(initFiles ? [{ name: 'init', configMap: { name: initFiles.configMapName } }] : []),
            ],
          },
        },
        volumeClaimTemplates: [{ metadata: { name: 'data', labels: selector }, spec: claimSpec(props.storage) }],
      },
    });

    new k8s.KubeService(this, 'Service', {
      metadata: { name: props.name, labels },
      spec: { clusterIp: 'None', selector, ports: [{ name: server.component, port: server.port }] },
    });
    patchObjects(this, props.patch ?? {}, 'part');
  }
}

/** The beginning of the datastore's name where it is the name of a port: one hyphen at a time, and none at the end. */
function portName(name: string, otherwise: string): string {
  const beginning = name.slice(0, 15);
  return /^[a-z0-9]+(-[a-z0-9]+)*$/.test(beginning) ? beginning : otherwise;
}

function probes(command: string[]): Pick<k8s.Container, 'startupProbe' | 'readinessProbe' | 'livenessProbe'> {
  const exec = { command };
  return {
    startupProbe: { exec, periodSeconds: 2, timeoutSeconds: 3, failureThreshold: 60 },
    readinessProbe: { exec, periodSeconds: 5, timeoutSeconds: 3 },
    livenessProbe: { exec, periodSeconds: 10, timeoutSeconds: 3, failureThreshold: 6 },
  };
}
