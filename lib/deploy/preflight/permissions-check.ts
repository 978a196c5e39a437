import { z } from 'zod';
import type { Problem } from '../../problems/problem.ts';
import { answerOf } from '../../run/kube/read.ts';
import { run, sh } from '../../text/shell.ts';
import { qualified } from './api-resources.ts';
import type { Check } from './check.ts';
import { missingRights } from './missing-rights.ts';
import type { Inquiry } from './preflight-run.ts';
import { wantedRights } from './required-permissions.ts';
import type { Right } from './right.ts';
import { usesCluster } from './scope.ts';

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
