import { z } from 'zod';

const texts = z.record(z.string(), z.string());

/** What an object of the cluster says of whose it is. */
export const ownedMetadata = z.object({
  name: z.string(),
  namespace: z.string().optional(),
  labels: texts.default({}),
  annotations: texts.default({}),
});
