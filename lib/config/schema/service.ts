import { z } from 'zod';
import { otlpProtocols } from '../../telemetry/environment.ts';
import { resourcesSchema } from './resources.ts';
import {
  absolutePath,
  dnsLabel,
  environmentVariableName,
  flag,
  integer,
  nonEmptyText,
  text,
  textLike,
} from './scalars.ts';
import { volumeSchema } from './volume.ts';

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

export type ServiceDefaultsConfig = z.output<typeof serviceDefaultsSchema>;
export type ServiceConfig = z.output<typeof serviceSchema>;
