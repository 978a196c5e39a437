import { fileURLToPath } from 'node:url';
import { type Kubectl, succeed } from './kubectl.ts';

/** Just enough of Traefik's Middleware for the API server to take one. */
export const traefikCrds = [fileURLToPath(new URL('crds/traefik-middlewares.yaml', import.meta.url))];

/** Applies CustomResourceDefinitions and returns when objects of their kinds are accepted. */
export async function installCrds({ kubectl }: Pick<Kubectl, 'kubectl'>, files: readonly string[]): Promise<void> {
  const args = files.flatMap((file) => ['-f', file]);
  await succeed(kubectl, ['apply', '--server-side', ...args]);
  await succeed(kubectl, ['wait', '--for=condition=Established', '--timeout=30s', ...args]);
}
