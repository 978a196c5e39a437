import { z } from 'zod';
import { otlpProtocols } from '../../telemetry/environment.ts';
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

const amounts = z.strictObject({
  cpu: quantity('250m').describe('CPU: 1 is one core, 250m a quarter of it.'),
  memory: quantity('128Mi').describe('Memory: 128Mi is 128 × 1024² bytes.'),
});

/** @see https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/ */
const resourcesSchema = z
  .strictObject({ requests: amounts, limits: amounts })
  .describe('What a container is promised (requests) and may use at most (limits).');

/** Storage that outlives a pod. @see https://kubernetes.io/docs/concepts/storage/persistent-volumes/ */
const claimSchema = z.strictObject({
  size: quantity('1Gi').describe('Size of the volume.'),
  accessMode: z
    .enum(['ReadWriteOnce', 'ReadWriteOncePod', 'ReadWriteMany'])
    .default('ReadWriteOnce')
    .describe('ReadWriteOnce allows one replica, which is stopped before its successor starts.'),
  storageClassName: dnsSubdomain().optional().describe("Storage class. Default: the cluster's own."),
});

/** A writable folder of a container; without `claim` it is emptied at every restart of the pod. */
const volumeSchema = z.strictObject({
  name: dnsLabel().describe('Name of the volume and, with `claim`, of the PersistentVolumeClaim.'),
  mountPath: absolutePath().describe('Where the container sees it.'),
  claim: claimSchema.optional().describe('Keep the content in a PersistentVolumeClaim. Default: an emptyDir.'),
});

const imagePullPolicy = z
  .enum(['IfNotPresent', 'Never', 'Always'])
  .describe('Images imported into k3s by hand need IfNotPresent or Never.');

const version = textLike(
  /^[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$/,
  'a version such as 1.0.0, fit for a label',
).describe('Version of the service: `service.version` and the label app.kubernetes.io/version.');

const replicas = integer(0, 1000).describe('Number of pods.');

/** What the services of a system have in common; each service may say otherwise. */
export const serviceDefaultsSchema = z.strictObject({
  version: version.default('1.0.0'),
  replicas: replicas.default(1),
  imagePullPolicy: imagePullPolicy.default('IfNotPresent'),
  resources: resourcesSchema.optional().describe('Default: requests 64Mi and 50m, limits 128Mi and 250m.'),
});

export const serviceSchema = z.strictObject({
  name: dnsLabel().describe('Name of the Deployment, the Service and the telemetry (`service.name`).'),
  image: nonEmptyText().describe('Container image with tag or digest.'),
  version: version.optional(),
  replicas: replicas.optional(),
  imagePullPolicy: imagePullPolicy.optional(),
  port: integer(1, 65535).describe('Port that the container listens on and the Service offers.'),
  nodePort: integer(30000, 32767)
    .optional()
    .describe('Port on every node. Default: reachable inside the cluster only.'),
  protocol: z
    .enum(otlpProtocols)
    .optional()
    .describe('OTLP protocol of the SDK; the port of its endpoint follows. Default: grpc.'),
  captureContent: flag()
    .optional()
    .describe('Whether spans of AI clients have prompts and answers, which are often personal data. Default: false.'),
  spanAttributeLimit: integer(1, 10000)
    .optional()
    .describe('Number of attributes that a span may have. Default: 512 with captureContent, otherwise 128, the SDK’s.'),
  healthPath: absolutePath().default('/health').describe('HTTP path that answers 200 when the service can work.'),
  configKeys: z
    .array(environmentVariableName())
    .default([])
    .describe('Keys of the ConfigMap that the container reads.'),
  secretKeys: z.array(environmentVariableName()).default([]).describe('Keys of the Secret that the container reads.'),
  env: z.record(environmentVariableName(), text()).default({}).describe('Further environment variables, as literals.'),
  resources: resourcesSchema.optional(),
  volumes: z.array(volumeSchema).default([]).describe('Writable folders.'),
  securityContext: z
    .strictObject({
      runAsUser: integer(1, 2147483647).default(10001).describe('User and group id of the process; never root.'),
      readOnlyRootFilesystem: flag()
        .default(true)
        .describe('`false` only for an image that writes beside its volumes.'),
    })
    .prefault({})
    .describe('What the image needs opened; everything else is as the restricted pod security standard wants it.'),
});

export type ServiceConfig = z.output<typeof serviceSchema>;

const common = {
  name: dnsLabel().describe('Name of the StatefulSet and its headless Service.'),
  storage: claimSchema.describe('Where the data is kept.'),
  resources: resourcesSchema.optional(),
};

const identifier = () =>
  textLike(/^[a-z_][a-z0-9_]{0,62}$/, 'a PostgreSQL identifier: lower-case letters, digits and "_"');

const redisSchema = z.strictObject({
  ...common,
  type: z.literal('redis'),
  image: nonEmptyText().default('redis:7'),
  passwordKey: environmentVariableName()
    .optional()
    .describe('Key of the Secret with the password. Default: no password.'),
});

const postgresqlSchema = z.strictObject({
  ...common,
  type: z.literal('postgresql'),
  image: nonEmptyText().default('postgres:15'),
  database: identifier().describe('Database that is made at the first start.'),
  user: identifier().default('postgres').describe('Its owner.'),
  passwordKey: environmentVariableName().describe("Key of the Secret with the owner's password."),
  initSql: z
    .array(nonEmptyText())
    .default([])
    .describe('SQL files, relative to this file, that an empty database runs in this order.'),
});

export const datastoreSchema = z.discriminatedUnion('type', [redisSchema, postgresqlSchema]);

export type DatastoreConfig = z.output<typeof datastoreSchema>;
