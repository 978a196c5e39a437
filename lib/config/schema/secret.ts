import { z } from 'zod';
import { dnsSubdomain, duration, environmentVariableName, nonEmptyText } from './scalars.ts';

const remoteReference = z.strictObject({
  key: nonEmptyText().describe('Name of the secret in the store.'),
  property: nonEmptyText().optional().describe('Field inside it. Default: the whole secret.'),
});

export const secretSchema = z.strictObject({
  name: dnsSubdomain().describe('Name of the Secret.'),
  keys: z.array(environmentVariableName()).default([]).describe('Keys that it has. Their values stand in no file.'),
  externalSecret: z
    .strictObject({
      store: z.strictObject({
        kind: z.enum(['ClusterSecretStore', 'SecretStore']).default('ClusterSecretStore'),
        name: dnsSubdomain(),
      }),
      refreshInterval: duration().default('1h'),
      remote: z.record(environmentVariableName(), remoteReference).describe('Where each key comes from.'),
    })
    .optional()
    .describe('Let the External Secrets Operator make the Secret. Default: it exists already.'),
});

export type SecretConfig = z.output<typeof secretSchema>;
