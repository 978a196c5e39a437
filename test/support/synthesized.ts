import { App, Chart } from 'cdk8s';
import { parseAllDocuments } from 'yaml';
import { z } from 'zod';
import { renderApp } from '../../lib/synth/render-app.ts';

const manifest = z.looseObject({
  apiVersion: z.string(),
  kind: z.string(),
  metadata: z.looseObject({ name: z.string(), namespace: z.string().optional() }),
});

/** A manifest as `kubectl` would read it. */
export type Manifest = z.output<typeof manifest>;

export function parseManifests(yaml: string): Manifest[] {
  return parseAllDocuments(yaml, { version: '1.1' }).map((document) => manifest.parse(document.toJS()));
}

/** The objects that constructs in a chart become. */
export function synthesized(build: (chart: Chart) => void): Manifest[] {
  const app = new App();
  build(new Chart(app, 'test', { disableResourceNameHashes: true }));
  return renderApp(app).flatMap(({ content }) => parseManifests(content));
}

/** The one object of a kind. */
export function only(manifests: readonly Manifest[], kind: string): Manifest {
  const [found, ...others] = manifests.filter((candidate) => candidate.kind === kind);
  if (found === undefined || others.length > 0) {
    throw new Error(`expected one ${kind}, found ${others.length + (found === undefined ? 0 : 1)}`);
  }
  return found;
}

export const kindsOf = (manifests: readonly Manifest[]): string[] => manifests.map(({ kind }) => kind);
