import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import type { Mapping } from '../yaml/value.ts';
import { type Claim, ClaimingStatefulSet, claimSpec } from './claim.ts';
import { recommendedLabels, selectorLabels } from './labels.ts';
import { type PatchesByKind, patchObject, patchObjects } from './patch.ts';
import { type Resources, resourceRequirements } from './resources.ts';
import { restrictedContainer, restrictedPod, tokenlessServiceAccount } from './restricted-pod.ts';
import { podPatch } from './service-workload.ts';

/** Where the data of a datastore is kept. */
export type DatastoreStorage =
  | (Claim & {
      /**
       * Name of the claim template.
       *
       * @default data
       */
      readonly name?: string;
    })
  | { readonly existingClaim: string }
  | { readonly emptyDir: Mapping };

/** Options of every datastore. */
export interface DatastoreProps {
  /** Name of the StatefulSet and of its headless Service. */
  readonly name: string;
  /** The system that it belongs to. */
  readonly partOf: string;
  /** Where the data is kept: a claim of its own, one that exists, or an emptyDir. */
  readonly storage: DatastoreStorage;
  /**
   * What the container is promised and may use.
   *
   * @default - requests 50m and 64Mi, limits 500m and 256Mi
   */
  readonly resources?: Resources;
  /**
   * User and group id of the image.
   *
   * @default - 999; 70 for an image of PostgreSQL on Alpine
   */
  readonly runAsUser?: number;
  /**
   * Labels by which StatefulSet and Service select the pod; a StatefulSet that exists keeps its own.
   *
   * @default - app.kubernetes.io/name and app.kubernetes.io/instance
   */
  readonly selector?: Readonly<Record<string, string>>;
  /**
   * Whether the pod runs as the restricted Pod Security Standard wants it.
   *
   * @default true
   */
  readonly hardened?: boolean;
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
    const selector = props.selector ?? selectorLabels(identity);
    const isHardened = props.hardened ?? true;
    const serviceAccountName = tokenlessServiceAccount(this, props.name, labels);
    const scratch = Object.entries(server.scratchPaths);
    const { initFiles } = server;
    const { storage } = props;
    const dataVolume = 'size' in storage ? (storage.name ?? 'data') : 'data';
    const volumeClaimTemplates =
      'size' in storage ? [{ metadata: { name: dataVolume, labels: selector }, spec: claimSpec(storage) }] : undefined;
    const Kind = volumeClaimTemplates === undefined ? k8s.KubeStatefulSet : ClaimingStatefulSet;

    const statefulSet = new Kind(this, 'StatefulSet', {
      metadata: { name: props.name, labels },
      spec: {
        replicas: 1,
        serviceName: props.name,
        selector: { matchLabels: selector },
        template: {
          metadata: { labels: { ...labels, ...selector } },
          spec: {
            serviceAccountName,
            automountServiceAccountToken: false,
            enableServiceLinks: false,
            securityContext: isHardened ? restrictedPod(props.runAsUser ?? server.user) : plainUser(props.runAsUser),
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
                securityContext: isHardened ? restrictedContainer(true) : undefined,
                volumeMounts: [
                  { name: dataVolume, mountPath: server.dataPath },
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
        volumeClaimTemplates,
      },
    });

    patchObject(statefulSet, storagePatch(storage, dataVolume), 'fields');

    new k8s.KubeService(this, 'Service', {
      metadata: { name: props.name, labels },
      spec: { clusterIp: 'None', selector, ports: [{ name: server.component, port: server.port }] },
    });
    patchObjects(this, props.patch ?? {}, 'part');
  }
}

/** The user of a pod that is not hardened, where one is given. */
const plainUser = (user: number | undefined): k8s.PodSecurityContext | undefined =>
  user === undefined ? undefined : { runAsUser: user, runAsGroup: user, fsGroup: user };

/** The volume of a datastore that has no claim of its own. */
function storagePatch(storage: DatastoreStorage, name: string): Mapping | undefined {
  if ('size' in storage) {
    return undefined;
  }
  const source =
    'existingClaim' in storage
      ? { persistentVolumeClaim: { claimName: storage.existingClaim } }
      : { emptyDir: storage.emptyDir };
  return podPatch('StatefulSet', { volumes: [{ name, ...source }] });
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
