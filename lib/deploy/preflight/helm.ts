import type { Problem } from '../../problems/problem.ts';
import type { DeployContext } from '../../run/context.ts';
import { sh } from '../../text/shell.ts';
import type { Check } from './check.ts';
import { usesHelm } from './scope.ts';
import { missingTool, oldTool } from './tool-problems.ts';
import { isOlder, parseVersion } from './version.ts';

/** The first that knows OCI registries without a switch. */
const oldest = { major: 3, minor: 8 };

const fetch = sh`curl -fsSL https://raw.githubusercontent.com/helm/helm/main/scripts/get-helm-3 | bash`;

const install = `install it: ${fetch}; on other systems: https://helm.sh/docs/intro/install`;

/** helm is there, and not too old. */
export const helmCheck: Check = {
  name: 'helm',
  needs: [],
  isNeeded: usesHelm,
  async look({ context }) {
    const problem = await helmProblem(context);
    return problem === undefined ? {} : { problems: [problem] };
  },
};

/** Why helm cannot be used; undefined when it can. */
export async function helmProblem({ runner }: Pick<DeployContext, 'runner'>): Promise<Problem | undefined> {
  const result = await runner.run({ program: 'helm', args: ['version', '--short'] });
  if (result.exitStatus !== 0) {
    return missingTool('helm', result, install);
  }
  const version = parseVersion(result.stdout);
  return version !== undefined && isOlder(version, oldest)
    ? oldTool('helm', result.stdout.trim(), oldest, install)
    : undefined;
}
