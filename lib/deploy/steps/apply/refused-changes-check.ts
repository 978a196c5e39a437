import type { Manifest } from '../../../model/manifest.ts';
import type { Problem } from '../../../problems/problem.ts';
import type { DeployContext } from '../../../run/context.ts';
import { gitopsFolder } from '../../../run/kube/manifests.ts';
import { fieldManager, resourceName } from '../../../run/kube/objects.ts';
import { operand, type ShellText, sh } from '../../../text/shell.ts';
import type { Check } from '../../preflight/check.ts';
import { runs } from '../../preflight/check.ts';
import type { Inquiry } from '../../preflight/preflight-run.ts';
import { enforceLabel } from '../secrets/namespaces-check.ts';

/** What is looked into one by one; after so many the cause is clear. */
const most = 10;

/** The server would take every change of what is there. */
export const refusedChangesCheck: Check = {
  name: 'changes that the server refuses',
  needs: ['dist', 'cluster'],
  isNeeded: (scope) => runs(scope, 'apply'),
  async look(inquiry) {
    const twins = await inquiry.untoldTwins();
    const there = written(
      twins.map(({ manifest }) => manifest),
      inquiry,
    );
    if (there.length === 0) {
      return {};
    }
    const { refusal, suspects } = await serverDryRun(inquiry.context, there);
    if (refusal === undefined) {
      return {};
    }
    // What the server says of many objects does not name them.
    const looked = await Promise.all(
      suspects.slice(0, most).map(async (manifest) => {
        const { refusal: said } = await serverDryRun(inquiry.context, [manifest]);
        return said === undefined ? [] : problemsOf(manifest, said, inquiry);
      }),
    );
    return {
      problems: looked.flat(),
      notes: suspects.length > most ? [`${suspects.length - most} more changes are refused as well`] : [],
    };
  },
};

/** Beside a GitOps tool only the step of the secrets writes namespaces, and only when one of them is missing. */
function written(there: readonly Manifest[], { applied, scope }: Inquiry): readonly Manifest[] {
  const isMissing = applied.some((manifest) => manifest.kind === 'Namespace' && !there.includes(manifest));
  return gitopsFolder(scope.config) === undefined || isMissing
    ? there
    : there.filter(({ kind }) => kind !== 'Namespace');
}

/** What a GitOps tool writes as, which keeps from its repository also what it is told. */
const toolManagers: readonly string[] = ['argocd-controller', 'kustomize-controller'];

function problemsOf(manifest: Manifest, said: string, { scope, context }: Inquiry): Problem[] {
  // Missing rights are told by the check of the rights.
  if (/User "[^"]*" cannot /.test(said)) {
    return [];
  }
  const name = resourceName(manifest);
  const where = manifest.namespace === undefined ? '' : ` in ${manifest.namespace}`;
  const owners = [...new Set([...said.matchAll(/conflicts? with "([^"]+)"/g)].map(([, owner = '']) => owner))];
  if (owners.length > 0) {
    const fields = [...new Set([...said.matchAll(/(?:^\s*- |: )(\.\S+)/gm)].map(([, field = '']) => field))].filter(
      // That one is told by the check of the namespaces.
      (field) => field !== `.metadata.labels.${enforceLabel}`,
    );
    if (fields.length === 0) {
      return [];
    }
    const isOfTool = gitopsFolder(scope.config) !== undefined && owners.every((owner) => toolManagers.includes(owner));
    return [
      {
        code: 'deploy/field-conflict',
        message: `${owners.join(', ')} has set ${fields.join(', ')} of ${name}${where} to something else`,
        suggestion: isOfTool
          ? `commit and push ${context.dist}, and run the deployment again when ${scope.config.gitops?.tool} has synced it`
          : `put that value into the configuration, or overwrite it: ${apply(manifest, '--force-conflicts')}`,
      },
    ];
  }
  const why = said
    .trim()
    .replace(/^.*?: error when (?:patching|applying) "[^"]*": /s, '')
    .split('\n')[0];
  return [
    {
      code: 'deploy/refused-change',
      message: `the server refuses the change of ${name}${where}: ${why}`,
      suggestion: /immutable|updates to statefulset spec|may only be|can not be less/.test(said)
        ? `take the change back, or remove the object, with what it holds, to have it made anew: ${removal(manifest)}`
        : `see all of it: ${apply(manifest, '--dry-run=server')}`,
    },
  ];
}

const apply = (manifest: Manifest, flag: string): ShellText =>
  sh`kubectl apply --server-side --field-manager=${fieldManager} ${flag} --filename=${operand(manifest.place().file)}`;

const removal = (manifest: Manifest): ShellText =>
  sh`kubectl delete ${resourceName(manifest)} ${manifest.namespace === undefined ? [] : [`--namespace=${manifest.namespace}`]}`;

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
