import type { Manifest } from '../../../model/manifest.ts';
import type { Problem } from '../../../problems/problem.ts';
import type { DeployContext } from '../../../run/context.ts';
import { fieldManager, gitopsFolder, resourceName } from '../../../run/kube/objects.ts';
import { operand, type ShellText, sh } from '../../../text/shell.ts';
import type { Check, PreflightContext } from '../../preflight/preflight-context.ts';
import { runs } from '../../preflight/scope.ts';
import { enforceLabel } from '../secrets/namespaces-check.ts';
import { immutableDifferences } from './immutable-fields-check.ts';

/** Maximum number of manifests that are checked one by one. */
const most = 10;

/** Checks with a server-side dry run that the server accepts every change of an existing object. */
export const refusedChangesCheck: Check = {
  name: 'changes of existing objects',
  needs: ['dist', 'cluster'],
  isNeeded: (scope) => runs(scope, 'apply'),
  async run(preflight) {
    const objects = await preflight.unreportedObjects();
    const existing = written(
      // Another check reports fields that cannot be changed.
      objects.filter((object) => immutableDifferences(object).length === 0).map(({ manifest }) => manifest),
      preflight,
    );
    if (existing.length === 0) {
      return {};
    }
    const { refusal, suspects } = await serverDryRun(preflight.context, existing);
    if (refusal === undefined) {
      return {};
    }
    // The errors for many objects do not contain their names.
    const results = await Promise.all(
      suspects.slice(0, most).map(async (manifest) => {
        const { refusal: output } = await serverDryRun(preflight.context, [manifest]);
        return output === undefined ? [] : problemsOf(manifest, output, preflight);
      }),
    );
    return {
      problems: results.flat(),
      notes: suspects.length > most ? [`${suspects.length - most} more changes are rejected too`] : [],
    };
  },
};

/** With a GitOps tool only the step secrets applies namespaces, and only when one of them is missing. */
function written(existing: readonly Manifest[], { applied, scope }: PreflightContext): readonly Manifest[] {
  const isMissing = applied.some((manifest) => manifest.kind === 'Namespace' && !existing.includes(manifest));
  return gitopsFolder(scope.config) === undefined || isMissing
    ? existing
    : existing.filter(({ kind }) => kind !== 'Namespace');
}

/** Field managers of GitOps tools, which also apply their own configuration from the repository. */
const toolManagers: readonly string[] = ['argocd-controller', 'kustomize-controller'];

function problemsOf(manifest: Manifest, output: string, { scope, context }: PreflightContext): Problem[] {
  // The check of permissions reports missing permissions.
  if (/User "[^"]*" cannot /.test(output)) {
    return [];
  }
  const name = resourceName(manifest);
  const where = manifest.namespace === undefined ? '' : ` in ${manifest.namespace}`;
  const owners = [...new Set([...output.matchAll(/conflicts? with "([^"]+)"/g)].map(([, owner = '']) => owner))];
  if (owners.length > 0) {
    const fields = [
      ...new Set([...output.matchAll(/(?:^[ \t]*- |: )(\.\S+)/gm)].map(([, field = '']) => field)),
    ].filter(
      // The check of namespaces reports this label.
      (field) => field !== `.metadata.labels.${enforceLabel}`,
    );
    if (fields.length === 0) {
      return [];
    }
    const isOfTool = gitopsFolder(scope.config) !== undefined && owners.every((owner) => toolManagers.includes(owner));
    return [
      {
        code: 'deploy/field-conflict',
        message: `${owners.join(', ')} has set ${fields.join(', ')} of ${name}${where} to another value`,
        suggestion: isOfTool
          ? `commit and push ${context.dist}, then run the deployment again after ${scope.config.gitops?.tool} has synced it`
          : `write that value into the configuration, or overwrite it: ${apply(manifest, '--force-conflicts')}`,
      },
    ];
  }
  const why = output
    .trim()
    .replace(/^.*?: error when (?:patching|applying) "[^"]*": /s, '')
    .split('\n')[0];
  return [
    {
      code: 'deploy/refused-change',
      message: `the server rejects the change of ${name}${where}: ${why}`,
      suggestion: /immutable|updates to statefulset spec|may only be|can not be less/.test(output)
        ? `undo the change, or delete the object with its content so that it is created again: ${removal(manifest)}`
        : `see the whole error: ${apply(manifest, '--dry-run=server')}`,
    },
  ];
}

const apply = (manifest: Manifest, flag: string): ShellText =>
  sh`kubectl apply --server-side --field-manager=${fieldManager} ${flag} --filename=${operand(manifest.place().file)}`;

const removal = (manifest: Manifest): ShellText =>
  sh`kubectl delete ${resourceName(manifest)} ${manifest.namespace === undefined ? [] : [`--namespace=${manifest.namespace}`]}`;

/** Result of a server-side dry run. */
export interface DryRun {
  /** The error output; undefined when all manifests are accepted. */
  readonly refusal: string | undefined;
  /** The manifests that were not reported as accepted. */
  readonly suspects: readonly Manifest[];
}

/** Runs a server-side dry run, which checks field ownership, immutable fields, quotas and webhooks. */
export async function serverDryRun(context: DeployContext, manifests: readonly Manifest[]): Promise<DryRun> {
  const args = ['apply', '--server-side', `--field-manager=${fieldManager}`, '--dry-run=server', '--filename=-'];
  const list = { apiVersion: 'v1', kind: 'List', items: manifests.map(({ value }) => value) };
  const command = context.kubectl(args, {
    input: { text: JSON.stringify(list) },
    timeoutSeconds: 60 + manifests.length,
  });
  const { exitStatus, stdout, stderr } = await context.runner.run(command);
  const accepted = stdout.split('\n').map((line) => line.split(' ')[0] ?? '');
  const count = (name: string, names: readonly string[]) => names.filter((it) => it === name).length;
  const wanted = manifests.map(resourceName);
  return {
    refusal: exitStatus === 0 ? undefined : stderr,
    // Objects in two namespaces may have the same name, and kubectl prints no namespace.
    suspects: manifests.filter((it) => count(resourceName(it), accepted) < count(resourceName(it), wanted)),
  };
}
