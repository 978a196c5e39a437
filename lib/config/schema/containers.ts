import { z } from 'zod';
import { kubernetes } from './kubernetes.ts';
import {
  absolutePath,
  dnsLabel,
  dnsSubdomain,
  environmentVariableName,
  flag,
  integer,
  nonEmptyText,
  quantity,
  text,
  textLike,
} from './scalars.ts';

const amounts = () =>
  z.strictObject({
    cpu: quantity('250m').optional().describe('CPU: 1 is one core, 250m a quarter of it. Default: none.'),
    memory: quantity('128Mi').optional().describe('Memory: 128Mi is 128 × 1024² bytes. Default: none.'),
    'ephemeral-storage': quantity('1Gi')
      .optional()
      .describe('Disk for logs and files of the container. Default: none.'),
  });

/** @see https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/ */
export const resourcesSchema = () =>
  z
    .strictObject({
      requests: amounts().optional().describe('What the scheduler reserves. Default: nothing.'),
      limits: amounts().optional().describe('What the container may use at most. Default: all of the node.'),
    })
    .describe('What a container is promised (requests) and may use at most (limits). Default: nothing is written.');

/** Storage that outlives a pod. @see https://kubernetes.io/docs/concepts/storage/persistent-volumes/ */
export const claimSchema = z.strictObject({
  size: quantity('1Gi').describe('Size of the volume.'),
  accessMode: z
    .enum(['ReadWriteOnce', 'ReadWriteOncePod', 'ReadWriteMany'])
    .default('ReadWriteOnce')
    .describe('ReadWriteOnce allows one replica, which is stopped before its successor starts.'),
  storageClassName: dnsSubdomain().optional().describe("Storage class. Default: the cluster's own."),
});

/** Kinds of volumes, each in Kubernetes' own words. @see https://kubernetes.io/docs/concepts/storage/volumes/ */
export const volumeSources = {
  configMap: 'ConfigMapVolumeSource',
  csi: 'CsiVolumeSource',
  downwardAPI: 'DownwardApiVolumeSource',
  emptyDir: 'EmptyDirVolumeSource',
  ephemeral: 'EphemeralVolumeSource',
  hostPath: 'HostPathVolumeSource',
  nfs: 'NfsVolumeSource',
  persistentVolumeClaim: 'PersistentVolumeClaimVolumeSource',
  projected: 'ProjectedVolumeSource',
  secret: 'SecretVolumeSource',
} as const;

const source = (name: keyof typeof volumeSources, description: string) =>
  kubernetes(volumeSources[name]).optional().describe(`${description} Default: another kind.`);

/** A volume of the pod, and where the container of the service mounts it. */
export const volumeSchema = z
  .strictObject({
    name: dnsLabel().describe('Name of the volume and, with `claim`, of the PersistentVolumeClaim.'),
    mountPath: absolutePath()
      .optional()
      .describe('Where the container sees it. Default: only init containers and sidecars mount it.'),
    subPath: nonEmptyText().optional().describe('Path inside the volume that is mounted. Default: its root.'),
    readOnly: flag().optional().describe('Whether the container cannot write it. Default: false.'),
    claim: claimSchema
      .optional()
      .describe('Keep the content in a PersistentVolumeClaim that is synthesized. Default: an emptyDir.'),
    configMap: source('configMap', 'Files from a ConfigMap: { name: NAME }.'),
    secret: source('secret', 'Files from a Secret: { secretName: NAME }.'),
    emptyDir: source('emptyDir', 'A folder that is emptied with the pod: {} or { medium: Memory, sizeLimit: 64Mi }.'),
    projected: source('projected', 'Several sources in one folder: { sources: [{ configMap: { name: NAME } }] }.'),
    persistentVolumeClaim: source('persistentVolumeClaim', 'A claim that exists already: { claimName: NAME }.'),
    downwardAPI: source('downwardAPI', 'Fields of the pod as files.'),
    ephemeral: source('ephemeral', 'A claim that lives as long as the pod.'),
    hostPath: source('hostPath', 'A folder of the node: { path: /data }.'),
    nfs: source('nfs', 'A folder of an NFS server: { server: HOST, path: /share }.'),
    csi: source('csi', 'A volume of a CSI driver: { driver: NAME }.'),
  })
  .describe('A volume; without a kind it is an emptyDir.');

/** The value of a variable: text, the address of something that this file describes, or a source of Kubernetes. */
export const variableValue = z.union([
  text(),
  z.strictObject({ service: dnsLabel().describe('Becomes http://NAME:PORT of this service.') }),
  z.strictObject({ datastore: dnsLabel().describe('Becomes the URL of this datastore, without a password.') }),
  z.strictObject({ fieldRef: kubernetes('ObjectFieldSelector') }),
  z.strictObject({ resourceFieldRef: kubernetes('ResourceFieldSelector') }),
  z.strictObject({ secretKeyRef: kubernetes('SecretKeySelector') }),
  z.strictObject({ configMapKeyRef: kubernetes('ConfigMapKeySelector') }),
]);

export type VariableValue = z.output<typeof variableValue>;

/** @see https://kubernetes.io/docs/tasks/inject-data-application/define-environment-variable-container/ */
export const environmentSchema = z
  .record(environmentVariableName(), variableValue)
  .default({})
  .describe(
    'Further environment variables. `$(NAME)` of a variable that stands before is replaced by its value, `$$(NAME)` is the text.',
  );

const timing = {
  initialDelaySeconds: integer(0, 86_400).optional().describe('Time before the first probe. Default: 0.'),
  periodSeconds: integer(1, 86_400).optional().describe('Time between two probes. Default: 10.'),
  timeoutSeconds: integer(1, 86_400).optional().describe('Time that an answer may take. Default: 1.'),
  failureThreshold: integer(1, 100_000).optional().describe('Failures in a row that count. Default: 3.'),
  successThreshold: integer(1, 1000).optional().describe('Successes in a row that count. Default: 1.'),
};

const portReference = textLike(
  /^([1-9]\d{0,4}|[a-z0-9]([a-z0-9-]{0,13}[a-z0-9])?)$/,
  'the number or the name of a port',
);

const probePort = () => portReference.optional().describe("Number or name. Default: the service's first port.");

const probeType = <T extends string>(name: T) => z.literal(name).describe('How the kubelet asks the container.');

/** @see https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/ */
const probeSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: probeType('none') }),
  z.strictObject({
    type: probeType('http'),
    path: absolutePath().default('/').describe('Path that answers 200 to 399.'),
    port: probePort(),
    scheme: z.enum(['HTTP', 'HTTPS']).optional().describe('Default: HTTP.'),
    headers: z.record(nonEmptyText(), text()).default({}).describe('Headers of the request.'),
    ...timing,
  }),
  z.strictObject({
    type: probeType('grpc'),
    port: probePort(),
    service: nonEmptyText()
      .optional()
      .describe('Name that the health service is asked for. Default: the whole server.'),
    ...timing,
  }),
  z.strictObject({ type: probeType('tcp'), port: probePort(), ...timing }),
  z.strictObject({
    type: probeType('exec'),
    command: z.array(text()).min(1, 'must have at least one entry').describe('Command that exits with 0.'),
    ...timing,
  }),
]);

export const probesSchema = () =>
  z
    .strictObject({
      startup: probeSchema.optional().describe('Holds the others back until it succeeds.'),
      readiness: probeSchema.optional().describe('Decides whether the Service sends requests.'),
      liveness: probeSchema.optional().describe('Restarts the container when it fails.'),
    })
    .describe('How the kubelet judges the container. Default: HTTP at `healthPath`; without it, none.');

export type ProbeConfig = z.output<typeof probeSchema>;

const portName = textLike(
  /^(?=.*[a-z])(?!.*--)[a-z0-9]([a-z0-9-]{0,13}[a-z0-9])?$/,
  'the name of a port: lower-case letters, digits and single "-", at most 15 characters',
);

export const nodePort = () =>
  integer(30_000, 32_767).optional().describe('Port on every node. Default: reachable inside the cluster only.');

/** The names of the container's ports are those of the Service, so that only a number says where it listens. */
const targetPort = () =>
  integer(1, 65_535, 'the number of the port that the container listens on,')
    .optional()
    .describe('Port that the container listens on. Default: that of the Service.');

/** @see https://kubernetes.io/docs/concepts/services-networking/service/ */
export const portsSchema = z
  .array(
    z.strictObject({
      name: portName.describe('Name of the port, e.g. http or grpc.'),
      port: integer(1, 65_535).describe('Port that the Service offers.'),
      targetPort: targetPort(),
      protocol: z.enum(['TCP', 'UDP', 'SCTP']).default('TCP').describe('Transport.'),
      appProtocol: nonEmptyText().optional().describe('Protocol above it, e.g. kubernetes.io/h2c. Default: by name.'),
      nodePort: nodePort(),
    }),
  )
  .default([])
  .describe('Several ports, or one with a name of its own; in place of `port`.');

export const singlePort = {
  port: integer(1, 65_535)
    .optional()
    .describe('The one port that the Service offers. Default: those of `ports`; with neither there is no Service.'),
  targetPort: targetPort(),
  nodePort: nodePort(),
};
