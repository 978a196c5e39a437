import { cpSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { toYaml } from '../lib/yaml/to-yaml.ts';

/** A kustomization of the manifests in `dist`. */
export function writeKustomization(folder: string, dist: string): void {
  mkdirSync(folder, { recursive: true });
  const resources = readdirSync(dist).filter((name) => name.endsWith('.yaml'));
  for (const name of resources) {
    cpSync(join(dist, name), join(folder, name));
  }
  writeFileSync(
    join(folder, 'kustomization.yaml'),
    toYaml({ apiVersion: 'kustomize.config.k8s.io/v1beta1', kind: 'Kustomization', resources }),
  );
}
