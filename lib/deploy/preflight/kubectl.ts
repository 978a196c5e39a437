import { z } from 'zod';
import type { Problem } from '../../problems/problem.ts';
import type { DeployContext } from '../../run/context.ts';
import { readJson } from '../../run/kube/read.ts';
import { sh } from '../../text/shell.ts';
import type { Check } from './check.ts';
import { usesCluster } from './scope.ts';
import { missingTool, oldTool } from './tool-problems.ts';
import { isOlder, parseVersion } from './version.ts';

/** The first that can do everything that is asked of it here. */
const oldest = { major: 1, minor: 25 };

const fetch = sh`curl -fLO "https://dl.k8s.io/release/$(curl -fsL https://dl.k8s.io/release/stable.txt)/bin/linux/$(dpkg --print-architecture)/kubectl" && sudo install kubectl /usr/local/bin`;

const install = `install it: ${fetch}`;

const versions = z.object({ clientVersion: z.object({ gitVersion: z.string() }) });

/** kubectl is there, and not too old. */
export const kubectlCheck: Check = {
  name: 'kubectl',
  needs: [],
  isNeeded: usesCluster,
  async look({ context }) {
    const problem = await kubectlProblem(context);
    return problem === undefined ? {} : { problems: [problem] };
  },
};

/** Why kubectl cannot be used; undefined when it can. */
export async function kubectlProblem({ runner }: Pick<DeployContext, 'runner'>): Promise<Problem | undefined> {
  const command = { program: 'kubectl', args: ['version', '--client', '--output=json'] };
  const result = await runner.run(command);
  if (result.exitStatus !== 0) {
    return missingTool('kubectl', result, install);
  }
  const answered = { runner: { run: async () => result } };
  const { gitVersion } = (await readJson(answered, command, versions)).clientVersion;
  const version = parseVersion(gitVersion);
  return version !== undefined && isOlder(version, oldest)
    ? oldTool('kubectl', gitVersion, oldest, install)
    : undefined;
}
