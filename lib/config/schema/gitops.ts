import { z } from 'zod';
import { gitRepository, gitRevision, pathBelow, pathFromRoot } from './identifiers.ts';
import { dnsLabel, dnsSubdomain, duration } from './scalars.ts';

const tool = <T extends string>(name: T) =>
  z.literal(name).describe('What installs the collector and keeps the output folder applied.');

const k3s = z.strictObject({ tool: tool('k3s') });

const argoCd = z.strictObject({
  tool: tool('argo-cd'),
  repository: gitRepository().describe('Address of the git repository that holds the output folder.'),
  revision: gitRevision().default('HEAD').describe('Branch, tag or commit.'),
  path: pathBelow().default('dist').describe('The output folder in that repository.'),
  namespace: dnsLabel().default('argocd').describe('Namespace of Argo CD.'),
  project: dnsSubdomain().default('default').describe('Project of Argo CD.'),
});

const flux = z.strictObject({
  tool: tool('flux'),
  source: z
    .strictObject({
      kind: z
        .enum(['GitRepository', 'OCIRepository', 'Bucket'])
        .default('GitRepository')
        .describe('Kind of the source.'),
      name: dnsLabel().default('flux-system').describe('Name of the source.'),
    })
    .prefault({})
    .describe('The source of Flux that holds the output folder.'),
  path: pathFromRoot().default('./dist').describe('The output folder in that source.'),
  namespace: dnsLabel().default('flux-system').describe('Namespace of Flux.'),
  interval: duration().default('10m').describe('How often cluster and source are compared.'),
});

export const gitopsSchema = z.discriminatedUnion('tool', [k3s, argoCd, flux]);

export type GitopsConfig = z.output<typeof gitopsSchema>;
