import { z } from 'zod';
import type { Problem } from '../../problems/problem.ts';
import type { DeployContext } from '../../run/context.ts';
import { answerOf, readObjectText } from '../../run/kube/read.ts';
import { runInstruction, sh } from '../../text/shell.ts';
import { qualified } from './api-resources.ts';
import type { Check, PreflightContext } from './preflight-context.ts';
import type { RequiredPermission } from './required-permissions.ts';
import { requiredPermissions } from './required-permissions.ts';
import { usesCluster } from './scope.ts';

const whoami = z.object({ status: z.object({ userInfo: z.object({ username: z.string() }) }) });

/** Checks that the user has the permissions for everything that the steps do. */
export const permissionsCheck: Check = {
  name: 'the permissions of the user',
  needs: ['cluster'],
  isNeeded: usesCluster,
  async run(preflight) {
    const missing = await missingPermissions(preflight.context, await requiredPermissions(preflight));
    if (missing.length === 0) {
      return {};
    }
    const user = await userName(preflight);
    return {
      problems: grouped(missing).map((group, index) =>
        problemOf(group, user, `${preflight.scope.config.name}-${index + 1}`),
      ),
    };
  },
};

/** Permissions with the same verbs and namespace, which one role can grant. */
interface Group {
  readonly namespace: string | undefined;
  readonly verbs: readonly string[];
  readonly resources: readonly string[];
}

function grouped(missing: readonly RequiredPermission[]): Group[] {
  const byResource = new Map<string, { namespace: string | undefined; resource: string; verbs: string[] }>();
  for (const permission of missing) {
    const [name = '', subresource] = permission.resource.split('/');
    const resource = `${qualified({ resource: name, group: permission.group })}${subresource === undefined ? '' : `/${subresource}`}`;
    const key = `${permission.namespace} ${resource}`;
    const known = byResource.get(key) ?? { namespace: permission.namespace, resource, verbs: [] };
    known.verbs.push(permission.verb);
    byResource.set(key, known);
  }
  const groups = new Map<string, Group>();
  for (const { namespace, resource, verbs } of byResource.values()) {
    const key = `${namespace} ${verbs.join()}`;
    groups.set(key, { namespace, verbs, resources: [...(groups.get(key)?.resources ?? []), resource] });
  }
  return [...groups.values()];
}

/** Suggests a ClusterRole, because the namespace may not exist yet. */
function problemOf({ namespace, verbs, resources }: Group, user: string, name: string): Problem {
  const role = `podhost-${name}`;
  const binding = namespace === undefined ? ['clusterrolebinding'] : ['rolebinding', `--namespace=${namespace}`];
  const create = sh`kubectl create clusterrole ${role} --verb=${verbs.join()} --resource=${resources.join()}`;
  const bind = sh`kubectl create ${binding} ${role} --clusterrole=${role} ${subject(user)}`;
  return {
    code: 'deploy/missing-permission',
    message: `${user} has no permission to ${verbs.join(', ')} ${resources.join(', ')}${namespace === undefined ? ' in the cluster' : ` in the namespace ${namespace}`}`,
    suggestion: `ask an administrator to ${runInstruction(sh`${create} && ${bind}`)}`,
  };
}

function subject(user: string): string {
  const [, account] = /^system:serviceaccount:(.+)$/.exec(user) ?? [];
  return account === undefined ? `--user=${user}` : `--serviceaccount=${account}`;
}

async function userName({ context }: PreflightContext): Promise<string> {
  const command = context.kubectl(['auth', 'whoami', '--output=json']);
  const { exitStatus, stdout } = await context.runner.run(command);
  // API servers before 1.28 cannot report the user.
  return exitStatus === 0 ? answerOf(command, stdout, whoami).status.userInfo.username : 'YOU';
}

const review = z.object({
  status: z.object({ allowed: z.boolean() }),
  spec: z.object({
    resourceAttributes: z.object({
      verb: z.string(),
      group: z.string().default(''),
      resource: z.string(),
      subresource: z.string().optional(),
      namespace: z.string().optional(),
    }),
  }),
});

/** Returns the permissions that the user does not have. All are requested in one command, which stores nothing. */
export async function missingPermissions(
  context: DeployContext,
  wanted: readonly RequiredPermission[],
): Promise<RequiredPermission[]> {
  const list = { apiVersion: 'v1', kind: 'List', items: wanted.map(reviewOf) };
  const command = context.kubectl(['create', '--filename=-', '--output=json'], {
    input: { text: JSON.stringify(list) },
    timeoutSeconds: 60 + wanted.length,
  });
  const answers = documents(await readObjectText(context, command)).map((text) => answerOf(command, text, review));
  return answers
    .filter(({ status }) => !status.allowed)
    .map(({ spec: { resourceAttributes: requested } }) => ({
      verb: requested.verb,
      group: requested.group,
      resource:
        requested.subresource === undefined ? requested.resource : `${requested.resource}/${requested.subresource}`,
      namespace: requested.namespace,
    }));
}

/** Splits the output of kubectl, which prints the objects one after the other and not as a list. */
const documents = (text: string): string[] => text.split(/(?<=^\})\s*(?=\{)/m).filter((it) => it.trim() !== '');

function reviewOf({ verb, group, resource, namespace }: RequiredPermission): object {
  const [name, subresource] = resource.split('/');
  return {
    apiVersion: 'authorization.k8s.io/v1',
    kind: 'SelfSubjectAccessReview',
    spec: { resourceAttributes: { verb, group, resource: name, subresource, namespace } },
  };
}
