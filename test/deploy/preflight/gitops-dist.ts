import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gitopsSchema } from '../../../lib/config/schema/gitops.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { type BedProps, emptyCluster } from './answers.ts';

const files = {
  '00-namespace.yaml': 'apiVersion: v1\nkind: Namespace\nmetadata: { name: shop }\n',
  '30-api.yaml': 'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: api, namespace: shop }\n',
  '40-ingress.yaml': 'apiVersion: traefik.io/v1\nkind: Odd\nmetadata: { name: odd, namespace: shop }\n',
  'argo-cd/applications.yaml':
    'apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: { name: shop, namespace: argocd }\n',
};

/** A system that Argo CD applies; of its kinds the cluster knows one or two. */
export function argoCdSystem(): Required<Pick<BedProps, 'dist' | 'change' | 'answers'>> {
  const dist = mkdtempSync(join(temporaryFolder(), 'dist-'));
  mkdirSync(join(dist, 'argo-cd'));
  for (const [name, text] of Object.entries(files)) {
    writeFileSync(join(dist, name), text);
  }
  const gitops = gitopsSchema.parse({ tool: 'argo-cd', repository: 'https://git.example.com/shop.git' });
  const known = `${emptyCluster['kubectl api-resources']}\napplications app argoproj.io/v1alpha1 true Application`;
  return { dist, change: (config) => ({ ...config, gitops }), answers: { 'kubectl api-resources': known } };
}
