import { z } from 'zod';
import type { Problem } from '../../problems/problem.ts';
import type { DeployContext } from '../../run/context.ts';
import { answerOf, readText } from '../../run/kube/read.ts';
import { run, sh } from '../../text/shell.ts';
import { qualified } from './api-resources.ts';
import type { Check } from './check.ts';
import { usesCluster } from './check.ts';
import type { Inquiry } from './preflight-run.ts';
import type { Right } from './required-permissions.ts';
import { wantedRights } from './required-permissions.ts';

const whoami = z.object({ status: z.object({ userInfo: z.object({ username: z.string() }) }) });

/** The user may do all that the steps do. */
export const rightsCheck: Check = {
  name: 'the rights of the user',
  needs: ['cluster'],
  isNeeded: usesCluster,
  async look(inquiry) {
    const missing = await missingRights(inquiry.context, await wantedRights(inquiry));
    if (missing.length === 0) {
      return {};
    }
    const user = await userName(inquiry);
    return {
      problems: grouped(missing).map((group, index) =>
        problemOf(group, user, `${inquiry.scope.config.name}-${index + 1}`),
      ),
    };
  },
};

/** What one role can say: the same verbs, in the same place. */
interface Group {
  readonly namespace: string | undefined;
  readonly verbs: readonly string[];
  readonly resources: readonly string[];
}

function grouped(missing: readonly Right[]): Group[] {
  const byResource = new Map<string, { namespace: string | undefined; resource: string; verbs: string[] }>();
  for (const right of missing) {
    const [name = '', subresource] = right.resource.split('/');
    const resource = `${qualified({ resource: name, group: right.group })}${subresource === undefined ? '' : `/${subresource}`}`;
    const key = `${right.namespace} ${resource}`;
    const known = byResource.get(key) ?? { namespace: right.namespace, resource, verbs: [] };
    known.verbs.push(right.verb);
    byResource.set(key, known);
  }
  const groups = new Map<string, Group>();
  for (const { namespace, resource, verbs } of byResource.values()) {
    const key = `${namespace} ${verbs.join()}`;
    groups.set(key, { namespace, verbs, resources: [...(groups.get(key)?.resources ?? []), resource] });
  }
  return [...groups.values()];
}

/** The role is one of the cluster, because its namespace may not be there yet. */
function problemOf({ namespace, verbs, resources }: Group, user: string, name: string): Problem {
  const role = `podhost-${name}`;
  const binding = namespace === undefined ? ['clusterrolebinding'] : ['rolebinding', `--namespace=${namespace}`];
  const create = sh`kubectl create clusterrole ${role} --verb=${verbs.join()} --resource=${resources.join()}`;
  const bind = sh`kubectl create ${binding} ${role} --clusterrole=${role} ${subject(user)}`;
  return {
    code: 'deploy/no-right',
    message: `${user} may not ${verbs.join(', ')} ${resources.join(', ')}${namespace === undefined ? ' in the cluster' : ` in the namespace ${namespace}`}`,
    suggestion: `let an administrator ${run(sh`${create} && ${bind}`)}`,
  };
}

function subject(user: string): string {
  const [, account] = /^system:serviceaccount:(.+)$/.exec(user) ?? [];
  return account === undefined ? `--user=${user}` : `--serviceaccount=${account}`;
}

async function userName({ context }: Inquiry): Promise<string> {
  const command = context.kubectl(['auth', 'whoami', '--output=json']);
  const { exitStatus, stdout } = await context.runner.run(command);
  // Servers before 1.28 do not tell.
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

/** Which of these rights the user has not. Asked in one go; nothing is written by it. */
export async function missingRights(context: DeployContext, wanted: readonly Right[]): Promise<Right[]> {
  const list = { apiVersion: 'v1', kind: 'List', items: wanted.map(reviewOf) };
  const command = context.kubectl(['create', '--filename=-', '--output=json'], {
    input: { text: JSON.stringify(list) },
    timeoutSeconds: 60 + wanted.length,
  });
  const answers = documents(await readText(context, command)).map((text) => answerOf(command, text, review));
  return answers
    .filter(({ status }) => !status.allowed)
    .map(({ spec: { resourceAttributes: asked } }) => ({
      verb: asked.verb,
      group: asked.group,
      resource: asked.subresource === undefined ? asked.resource : `${asked.resource}/${asked.subresource}`,
      namespace: asked.namespace,
    }));
}

/** kubectl prints one object after the other, and no list. */
const documents = (text: string): string[] => text.split(/(?<=^\})\s*(?=\{)/m).filter((it) => it.trim() !== '');

function reviewOf({ verb, group, resource, namespace }: Right): object {
  const [name, subresource] = resource.split('/');
  return {
    apiVersion: 'authorization.k8s.io/v1',
    kind: 'SelfSubjectAccessReview',
    spec: { resourceAttributes: { verb, group, resource: name, subresource, namespace } },
  };
}
