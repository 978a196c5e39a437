import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { installCrds } from '../cluster/crds.ts';
import { type Kubectl, succeed } from '../cluster/kubectl.ts';

/** Names that config/dataprime-demo.yaml has, and values for what only its owner knows. */
export const exampleSystem = {
  namespace: 'dataprime-demo',
  clusterName: 'dataprime-demo',
  collectorNamespace: 'coralogix',
  collectorSecret: 'coralogix-keys',
  privateKey: 'cxtp-test-key',
} as const;

const applicationSecrets = { OPENAI_API_KEY: 'sk-$(K8S_POD_NAME)', CX_RUM_API_KEY: 'rum', DB_PASSWORD: 'pa$$word' };
const crds = fileURLToPath(new URL('../../imports/crds', import.meta.url));

/** Definitions of others' kinds that the manifests use. */
export const installExampleCrds = (kubectl: Kubectl): Promise<void> =>
  installCrds(
    kubectl,
    readdirSync(crds).map((file) => join(crds, file)),
  );

/** Creates the Secrets that a person creates, or changes the collector's key. */
export async function putSecrets({ kubectl }: Kubectl, privateKey: string = exampleSystem.privateKey): Promise<void> {
  const { namespace, collectorNamespace, collectorSecret } = exampleSystem;
  const secrets = [
    secret(namespace, 'dataprime-secrets', applicationSecrets),
    secret(collectorNamespace, collectorSecret, { PRIVATE_KEY: privateKey }),
  ];
  await succeed(kubectl, ['apply', '--filename', '-'], { input: secrets.join('\n---\n') });
}

/** Waits until every workload of the system is rolled out, and returns their names. */
export async function rollOut({ kubectl }: Kubectl): Promise<string[]> {
  const kinds = 'deployment,statefulset,daemonset';
  const inNamespace = async (namespace: string) => {
    const names = (await succeed(kubectl, ['get', kinds, '--namespace', namespace, '--output', 'name']))
      .split('\n')
      .filter((name) => name !== '');
    const status = ['rollout', 'status', '--namespace', namespace, '--timeout=60s'];
    await Promise.all(names.map((name) => succeed(kubectl, [...status, name])));
    return names.map((name) => name.replace('.apps', ''));
  };
  const { namespace, collectorNamespace } = exampleSystem;
  return (await Promise.all([namespace, collectorNamespace].map(inNamespace))).flat();
}

const secret = (namespace: string, name: string, stringData: Readonly<Record<string, string>>): string =>
  JSON.stringify({ apiVersion: 'v1', kind: 'Secret', metadata: { namespace, name }, stringData });
