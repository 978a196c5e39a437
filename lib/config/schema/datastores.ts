import { z } from 'zod';
import { claimSchema, resourcesSchema } from './containers.ts';
import { kubernetes, textMapping } from './kubernetes.ts';
import { dnsLabel, dnsSubdomain, environmentVariableName, flag, integer, nonEmptyText, textLike } from './scalars.ts';
import { patchOf } from './workloads.ts';

const common = {
  name: dnsLabel().describe('Name of the StatefulSet and its headless Service.'),
  storage: z
    .union([
      claimSchema.extend({
        name: dnsLabel()
          .optional()
          .describe('Name of the claim template: the claim is called NAME-DATASTORE-0. Default: data.'),
      }),
      z.strictObject({
        existingClaim: dnsSubdomain().describe('Name of a PersistentVolumeClaim that exists and keeps its name.'),
      }),
      z.strictObject({
        emptyDir: kubernetes('EmptyDirVolumeSource').describe('{} for data that ends with the pod, as in a test.'),
      }),
    ])
    .describe('Where the data is kept: a claim of its own, one that exists, or an emptyDir.'),
  resources: resourcesSchema().optional(),
  runAsUser: integer(1, 2147483647)
    .optional()
    .describe('User and group id of the image. Default: 999; 70 for an image of PostgreSQL on Alpine.'),
  selector: textMapping()
    .optional()
    .describe(
      'Labels by which StatefulSet and Service select the pod: those of a StatefulSet that exists already, since they cannot be changed. Default: app.kubernetes.io/name and app.kubernetes.io/instance.',
    ),
  hardened: flag()
    .default(true)
    .describe(
      'Whether the pod runs as the restricted Pod Security Standard wants it; with `false` as plain Kubernetes starts the image.',
    ),
  patch: patchOf(['StatefulSet', 'Service', 'ServiceAccount', 'ConfigMap']),
};

const identifier = () =>
  textLike(/^[a-z_][a-z0-9_]{0,62}$/, 'a PostgreSQL identifier: lower-case letters, digits and "_"');

const redisSchema = z.strictObject({
  ...common,
  type: z.literal('redis').describe('Kind of the datastore.'),
  image: nonEmptyText().default('redis:7').describe('Image of the server.'),
  passwordKey: environmentVariableName()
    .optional()
    .describe('Key of the Secret with the password. Default: no password.'),
});

const postgresqlSchema = z.strictObject({
  ...common,
  type: z.literal('postgresql').describe('Kind of the datastore.'),
  image: nonEmptyText().default('postgres:15').describe('Image of the server.'),
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
