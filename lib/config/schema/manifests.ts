import { z } from 'zod';
import { dnsLabel, nonEmptyText } from './scalars.ts';

const common = {
  name: dnsLabel()
    .optional()
    .describe('Name of the file that is written of them, 35-NAME.yaml. Default: that of the folder, file or release.'),
  namespace: dnsLabel()
    .optional()
    .describe('Namespace of the objects that name none. Default: that of the application.'),
};

/** One entry of `manifests`. */
const manifestEntry = z.union([
  nonEmptyText(),
  z.strictObject({
    path: nonEmptyText().describe('A file, a folder, a glob or the folder of a kustomization, relative to this file.'),
    ...common,
  }),
  z.strictObject({
    helm: nonEmptyText().describe('Folder or archive of a chart, relative to this file, that `helm template` renders.'),
    release: dnsLabel().optional().describe('Name of the release. Default: the name of the system.'),
    values: z
      .array(nonEmptyText())
      .default([])
      .describe('Values files, relative to this file, a later one above an earlier one.'),
    ...common,
  }),
]);

export const manifestsSchema = () =>
  z
    .array(manifestEntry)
    .default([])
    .describe(
      'Existing manifests that are synthesized with their telemetry: files, folders as `kubectl apply -f` reads them, globs, kustomizations, charts. Default: none.',
    );

export type ManifestEntry = z.output<typeof manifestEntry>;
