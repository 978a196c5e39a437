import { z } from 'zod';

const texts = z.record(z.string(), z.string());

/** Metadata that identifies the owner of an object. */
export const ownedMetadata = z.object({
  name: z.string(),
  namespace: z.string().optional(),
  labels: texts.default({}),
  annotations: texts.default({}),
});
