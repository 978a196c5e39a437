import { z } from 'zod';
import { resourcesSchema } from './resources.ts';
import { dnsLabel, environmentVariableName, nonEmptyText, textLike } from './scalars.ts';
import { claimSchema } from './volume.ts';

const common = {
  name: dnsLabel().describe('Name of the StatefulSet and its headless Service.'),
  storage: claimSchema.describe('Where the data is kept.'),
  resources: resourcesSchema.optional(),
};

const identifier = () =>
  textLike(/^[a-z_][a-z0-9_]{0,62}$/, 'a PostgreSQL identifier: lower-case letters, digits and "_"');

export const redisSchema = z.strictObject({
  ...common,
  type: z.literal('redis'),
  image: nonEmptyText().default('redis:7'),
  passwordKey: environmentVariableName()
    .optional()
    .describe('Key of the Secret with the password. Default: no password.'),
});

export const postgresqlSchema = z.strictObject({
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

export type RedisConfig = z.output<typeof redisSchema>;
export type PostgresqlConfig = z.output<typeof postgresqlSchema>;
export type DatastoreConfig = z.output<typeof datastoreSchema>;
