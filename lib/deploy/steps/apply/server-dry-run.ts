import type { Manifest } from '../../../model/manifest.ts';
import type { DeployContext } from '../../../run/context.ts';
import { fieldManager } from '../../../run/kube/names.ts';
import { resourceName } from '../../../run/kube/objects.ts';

/** What the server says of writing manifests, which it does not do. */
export interface DryRun {
  /** Undefined when it would take them all. */
  readonly refusal: string | undefined;
  /** Those of which it does not say that it would take them. */
  readonly suspects: readonly Manifest[];
}

/** Lets the server go all the way but the last step: ownership of fields, immutable fields, quotas and webhooks. */
export async function serverDryRun(context: DeployContext, manifests: readonly Manifest[]): Promise<DryRun> {
  const args = ['apply', '--server-side', `--field-manager=${fieldManager}`, '--dry-run=server', '--filename=-'];
  const list = { apiVersion: 'v1', kind: 'List', items: manifests.map(({ value }) => value) };
  const command = context.kubectl(args, {
    input: { text: JSON.stringify(list) },
    timeoutSeconds: 60 + manifests.length,
  });
  const { exitStatus, stdout, stderr } = await context.runner.run(command);
  const taken = stdout.split('\n').map((line) => line.split(' ')[0] ?? '');
  const count = (name: string, names: readonly string[]) => names.filter((it) => it === name).length;
  const wanted = manifests.map(resourceName);
  return {
    refusal: exitStatus === 0 ? undefined : stderr,
    // Two namespaces may have the same name, and kubectl prints no namespace.
    suspects: manifests.filter((it) => count(resourceName(it), taken) < count(resourceName(it), wanted)),
  };
}
