import { App } from 'cdk8s';
import { expect } from 'vitest';
import type { LoadedSystem } from '../../../lib/config/load-system.ts';
import { System } from '../../../lib/constructs/system.ts';
import { renderApp } from '../../../lib/synth/render-app.ts';
import { parseManifests } from '../../support/synthesized.ts';
import { refusedByKubernetes } from './refused-by-kubernetes.ts';

/** The output of a system by path, none of whose manifests Kubernetes refuses. */
export function synthesizedSystem(system: LoadedSystem): ReadonlyMap<string, string> {
  const app = new App({ recordConstructMetadata: false });
  new System(app, 'System', system);
  const files = renderApp(app).map(({ path, content }) => [path, content] as const);
  const manifests = files.filter(([path]) => path.endsWith('.yaml') && !path.startsWith('helm/'));
  expect(manifests.flatMap(([, content]) => parseManifests(content).flatMap(refusedByKubernetes))).toEqual([]);
  return new Map(files);
}
