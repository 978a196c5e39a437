import { z } from 'zod';
import { groupBy } from '../../group-by.ts';
import type { Problem } from '../../problems/problem.ts';
import type { DeployContext } from '../../run/context.ts';
import { answerOf, readObjectText } from '../../run/kube/read.ts';
import { runInstruction, sh } from '../../text/shell.ts';
import { permissionsText, roleManifest } from './missing-role.ts';
import { permissionKey, type RequiredPermission } from './permission.ts';
import type { Check, PreflightContext } from './preflight-context.ts';
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
    const scopes = groupBy(missing, ({ namespace }) => namespace ?? '');
    return {
      problems: [...scopes.values()].map((permissions) =>
        problemOf(permissions, permissions[0].namespace, user, preflight.scope.config.name),
      ),
    };
  },
};

/** Missing permissions of one namespace, or of the whole cluster, with the role that grants them. */
function problemOf(
  permissions: readonly RequiredPermission[],
  namespace: string | undefined,
  user: string | undefined,
  system: string,
): Problem {
  const role = `podhost-${system}`;
  const file = `${role}-${namespace ?? 'cluster'}.yaml`;
  const scope = namespace === undefined ? 'in the cluster' : `in the namespace ${namespace}`;
  const account = user ?? 'YOUR-NAME';
  const names = user === undefined ? `, with the name of the user for ${account},` : '';
  return {
    code: 'deploy/missing-permission',
    message: `${user ?? 'this user'} has no permission to ${permissionsText(permissions)} ${scope}`,
    details: roleManifest(role, namespace, permissions, account),
    suggestion: `ask a cluster administrator to save these lines as ${file}${names} and to ${runInstruction(sh`kubectl auth reconcile ${`--filename=${file}`}`)}`,
  };
}

/** Undefined where the API server does not report it, which it does since 1.28. */
async function userName({ context }: PreflightContext): Promise<string | undefined> {
  const command = context.kubectl(['auth', 'whoami', '--output=json']);
  const { exitStatus, stdout } = await context.runner.run(command);
  return exitStatus === 0 ? answerOf(command, stdout, whoami).status.userInfo.username : undefined;
}

const review = z.object({
  status: z.object({ allowed: z.boolean() }),
  spec: z.object({
    resourceAttributes: z
      .object({
        verb: z.string(),
        group: z.string().default(''),
        resource: z.string(),
        subresource: z.string().optional(),
        namespace: z.string().optional(),
        name: z.string().optional(),
      })
      .optional(),
    nonResourceAttributes: z.object({ verb: z.string(), path: z.string() }).optional(),
  }),
});

/** Returns the permissions that the user does not have. All are requested in one command, which stores nothing. */
export async function missingPermissions(
  context: DeployContext,
  wanted: readonly RequiredPermission[],
): Promise<RequiredPermission[]> {
  const asked = new Map(
    wanted
      .flatMap((permission) => [permission, ...(permission.unless === undefined ? [] : [permission.unless])])
      .map((permission) => [permissionKey(permission), permission]),
  );
  const list = { apiVersion: 'v1', kind: 'List', items: [...asked.values()].map(reviewOf) };
  const command = context.kubectl(['create', '--filename=-', '--output=json'], {
    input: { text: JSON.stringify(list) },
    timeoutSeconds: 60 + asked.size,
  });
  const answers = documents(await readObjectText(context, command)).map((text) => answerOf(command, text, review));
  const denied = new Set(
    answers.filter(({ status }) => !status.allowed).map((answer) => permissionKey(requestOf(answer))),
  );
  const isDenied = (permission: RequiredPermission) => denied.has(permissionKey(permission));
  const missing = wanted.filter(
    (permission) => isDenied(permission) && (permission.unless === undefined || isDenied(permission.unless)),
  );
  return [...new Map(missing.map((permission) => [permissionKey(permission), permission])).values()];
}

/** Splits the output of kubectl, which prints the objects one after the other and not as a list. */
const documents = (text: string): string[] => text.split(/(?<=^\})\s*(?=\{)/m).filter((it) => it.trim() !== '');

function reviewOf({ verb, group, resource, namespace, name, path }: RequiredPermission): object {
  const [plural, subresource] = resource.split('/');
  return {
    apiVersion: 'authorization.k8s.io/v1',
    kind: 'SelfSubjectAccessReview',
    spec:
      path === undefined
        ? { resourceAttributes: { verb, group, resource: plural, subresource, namespace, name } }
        : { nonResourceAttributes: { verb, path } },
  };
}

function requestOf({
  spec: { resourceAttributes, nonResourceAttributes },
}: z.output<typeof review>): RequiredPermission {
  const { verb = '', group = '', resource = '', subresource, namespace, name } = resourceAttributes ?? {};
  return {
    ...{ verb: nonResourceAttributes?.verb ?? verb, group, namespace },
    resource: subresource === undefined ? resource : `${resource}/${subresource}`,
    ...(name === undefined ? {} : { name }),
    ...(nonResourceAttributes === undefined ? {} : { path: nonResourceAttributes.path }),
  };
}
