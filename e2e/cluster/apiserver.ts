import { readFileSync } from 'node:fs';
import { get } from 'node:https';
import type { RunningProcess } from '../parts/process.ts';
import type { Credentials } from './credentials.ts';
import { waitFor } from './wait.ts';
import type { Workspace } from './workspace.ts';

export interface ApiServer {
  readonly process: RunningProcess;
  readonly port: number;
  readonly url: string;
  /** File with the certificate that signs the server's own. */
  readonly certificateAuthority: string;
}

export interface ApiServerOptions {
  readonly command: string;
  readonly port: number;
  readonly etcd: { readonly url: string; readonly process: RunningProcess };
  readonly credentials: Credentials;
}

export async function startApiServer(workspace: Workspace, options: ApiServerOptions): Promise<ApiServer> {
  const { command, port, etcd, credentials } = options;
  const certificates = workspace.file('certificates');
  const url = `https://127.0.0.1:${port}`;
  const process = workspace.start('kube-apiserver', command, {
    'etcd-servers': etcd.url,
    'bind-address': '127.0.0.1',
    'secure-port': port,
    // Nobody asks for it; left open, the server looks for a route to the world, and there may be none.
    'advertise-address': '192.0.2.1',
    'endpoint-reconciler-type': 'none',
    'cert-dir': certificates,
    'token-auth-file': credentials.tokenFile,
    'authorization-mode': 'RBAC',
    'service-account-issuer': 'https://kubernetes.default.svc.cluster.local',
    'service-account-signing-key-file': credentials.serviceAccountKey,
    'service-account-key-file': credentials.serviceAccountPublicKey,
    'service-cluster-ip-range': '10.43.0.0/16',
    'allow-privileged': true,
    // No names of nodes resolve.
    'kubelet-preferred-address-types': 'InternalIP',
    // Debian's etcd 3.4 cannot stream lists. Told so, clients list and watch; else new ones retry for minutes.
    // Pages of a list come from etcd, as before Kubernetes 1.34: only those expire.
    'feature-gates': 'WatchList=false,ListFromCacheSnapshot=false',
  });
  const certificateAuthority = `${certificates}/apiserver.crt`;
  const ready = async () => {
    const { status, body } = await request(`${url}/readyz`, certificateAuthority, credentials.adminToken);
    if (status !== 200) throw new Error(`/readyz says ${status}: ${body.slice(-200)}`);
    return true;
  };
  await waitFor('kube-apiserver', ready, { needs: [process, etcd.process], deadlineMilliseconds: 90_000 });
  return { process, port, url, certificateAuthority };
}

function request(url: string, authority: string, token: string): Promise<{ status: number | undefined; body: string }> {
  return new Promise((resolve, reject) => {
    const options = { ca: readFileSync(authority), headers: { authorization: `Bearer ${token}` }, timeout: 5_000 };
    const asked = get(url, options, (response) => {
      let body = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        body += chunk;
      });
      response.on('end', () => resolve({ status: response.statusCode, body }));
    });
    asked.on('timeout', () => asked.destroy(new Error('no answer')));
    asked.on('error', reject);
  });
}
