import { z } from 'zod';
import { quantity } from './scalars.ts';

const amounts = z.strictObject({
  cpu: quantity('250m').describe('CPU: 1 is one core, 250m a quarter of it.'),
  memory: quantity('128Mi').describe('Memory: 128Mi is 128 × 1024² bytes.'),
});

/** @see https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/ */
export const resourcesSchema = z
  .strictObject({ requests: amounts, limits: amounts })
  .describe('What a container is promised (requests) and may use at most (limits).');

export type ResourcesConfig = z.output<typeof resourcesSchema>;
