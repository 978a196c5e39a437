import { secretFile } from './credentials.ts';

export interface KubeconfigOptions {
  readonly server: string;
  readonly certificateAuthority: string;
  readonly token: string;
}

/** Writes a kubeconfig for one caller and returns its path. */
export function writeKubeconfig(path: string, { server, certificateAuthority, token }: KubeconfigOptions): string {
  const name = 'podhost-e2e';
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': name,
    contexts: [{ name, context: { cluster: name, user: name } }],
    clusters: [{ name, cluster: { server, 'certificate-authority': certificateAuthority } }],
    users: [{ name, user: { token } }],
  };
  // JSON is YAML.
  return secretFile(path, `${JSON.stringify(config, null, 2)}\n`);
}
