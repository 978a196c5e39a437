import { writeKubeconfig } from './kubeconfig.ts';
import { type Kubectl, succeed } from './kubectl.ts';
import type { Workspace } from './workspace.ts';

export interface ServiceAccountName {
  readonly namespace: string;
  readonly name: string;
}

/** A kubeconfig with no more rights than a pod of that service account has. */
export async function serviceAccountKubeconfig(
  workspace: Workspace,
  kubectl: Kubectl['kubectl'],
  server: { readonly url: string; readonly certificateAuthority: string },
  { namespace, name }: ServiceAccountName,
): Promise<string> {
  const token = await succeed(kubectl, ['create', 'token', name, '--namespace', namespace, '--duration', '24h']);
  return writeKubeconfig(workspace.file(`${namespace}-${name}.kubeconfig`), {
    server: server.url,
    certificateAuthority: server.certificateAuthority,
    token: token.trim(),
  });
}
