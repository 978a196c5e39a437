import { existsSync } from 'node:fs';
import { z } from 'zod';
import { podhost } from '../../command-name.ts';
import { configFlags } from '../../config/config-files.ts';
import type { Problem } from '../../problems/problem.ts';
import { asRoot, hostProblem, onHost } from '../../provision/host.ts';
import type { DeployContext } from '../../run/context.ts';
import { connectionProblem } from '../../run/kube/error-output.ts';
import { commandProblem, oneLine, readJson } from '../../run/kube/read.ts';
import { operand, runInstruction, sh } from '../../text/shell.ts';
import type { Check } from './preflight-context.ts';
import { buildsImages, installsK3s, runs, type Scope, usesCluster, usesHelm, usesHost } from './scope.ts';
import { isOlder, missingTool, oldTool, parseVersion } from './tool-version.ts';

/** Checks that the folder has manifests. */
export const distCheck: Check = {
  name: 'the manifests',
  needs: [],
  isNeeded: (scope) => runs(scope, 'secrets', 'collector', 'apply'),
  async run(preflight) {
    const { dist, configFile } = preflight.context;
    const exists = existsSync(dist);
    if (exists && preflight.manifests.length > 0) {
      return {};
    }
    return {
      problems: [
        {
          code: 'deploy/no-dist',
          message: exists ? `${dist} contains no manifests` : `${dist} does not exist`,
          suggestion: runInstruction(sh`${podhost} synth ${configFlags(configFile)} --output ${operand(dist)}`),
        },
      ],
    };
  },
};

/** The oldest version with every feature that is used here. */
const oldestKubectl = { major: 1, minor: 25 };

const fetchKubectl = sh`curl -fLO "https://dl.k8s.io/release/$(curl -fsL https://dl.k8s.io/release/stable.txt)/bin/linux/$(dpkg --print-architecture)/kubectl" && sudo install kubectl /usr/local/bin`;

const installKubectl = `install it: ${fetchKubectl}`;

const versions = z.object({ clientVersion: z.object({ gitVersion: z.string() }) });

/** Checks that kubectl is installed and not too old. */
export const kubectlCheck: Check = {
  name: 'kubectl',
  needs: [],
  isNeeded: usesCluster,
  async run({ context }) {
    const problem = await kubectlProblem(context);
    return problem === undefined ? {} : { problems: [problem] };
  },
};

/** Returns the problem when kubectl cannot be used. */
export async function kubectlProblem({ runner }: Pick<DeployContext, 'runner'>): Promise<Problem | undefined> {
  const command = { program: 'kubectl', args: ['version', '--client', '--output=json'] };
  const result = await runner.run(command);
  if (result.exitStatus !== 0) {
    return missingTool('kubectl', result, installKubectl);
  }
  const answered = { runner: { run: async () => result } };
  const { gitVersion } = (await readJson(answered, command, versions)).clientVersion;
  const version = parseVersion(gitVersion);
  return version !== undefined && isOlder(version, oldestKubectl)
    ? oldTool('kubectl', gitVersion, oldestKubectl, installKubectl)
    : undefined;
}

/** The oldest version that supports OCI registries by default. */
const oldestHelm = { major: 3, minor: 8 };

const fetchHelm = sh`curl -fsSL https://raw.githubusercontent.com/helm/helm/main/scripts/get-helm-3 | bash`;

const installHelm = `install it: ${fetchHelm}; on other systems: https://helm.sh/docs/intro/install`;

/** Checks that helm is installed and not too old. */
export const helmCheck: Check = {
  name: 'helm',
  needs: [],
  isNeeded: usesHelm,
  async run({ context }) {
    const problem = await helmProblem(context);
    return problem === undefined ? {} : { problems: [problem] };
  },
};

/** Returns the problem when helm cannot be used. */
export async function helmProblem({ runner }: Pick<DeployContext, 'runner'>): Promise<Problem | undefined> {
  const result = await runner.run({ program: 'helm', args: ['version', '--short'] });
  if (result.exitStatus !== 0) {
    return missingTool('helm', result, installHelm);
  }
  const version = parseVersion(result.stdout);
  return version !== undefined && isOlder(version, oldestHelm)
    ? oldTool('helm', result.stdout.trim(), oldestHelm, installHelm)
    : undefined;
}

/** Checks that the host accepts the connection, and sudo where a step needs root. */
export const hostCheck: Check = {
  name: 'the host',
  needs: [],
  isNeeded: usesHost,
  async run({ context, scope }) {
    const { runner, host } = context;
    if (host !== undefined) {
      const ssh = await runner.run({ program: 'ssh', args: ['-V'] });
      if (ssh.exitStatus !== 0) {
        return { problems: [missingTool('ssh', ssh, `install it: ${sh`sudo apt-get install openssh-client`}`)] };
      }
    }
    const command = needsRoot(scope) ? asRoot(['true']) : onHost('true', []);
    const result = await runner.run(command);
    return result.exitStatus === 0 ? {} : { problems: [await hostProblem(context, command, result)] };
  },
};

const needsRoot = (scope: Scope): boolean =>
  installsK3s(scope) || (buildsImages(scope) && scope.config.deploy.images.registry === undefined);

const answerSeconds = 10;

/** Checks that the cluster answers, accepts the user and is ready. */
export const clusterCheck: Check = {
  name: 'the cluster',
  needs: ['kubectl'],
  isNeeded: usesCluster,
  async run({ context, scope }) {
    const problem = await clusterProblem(context);
    if (problem === undefined) {
      return {};
    }
    return installsK3s(scope)
      ? {
          isAbsent: true,
          notes: [
            `no cluster answers yet, so nothing in it was checked; the step k3s installs it (${oneLine(problem)})`,
          ],
        }
      : { problems: [problem] };
  },
};

/** Returns the problem when the cluster does not answer. */
export async function clusterProblem(context: DeployContext): Promise<Problem | undefined> {
  const command = context.kubectl(['get', '--raw=/readyz', `--request-timeout=${answerSeconds}s`], {
    timeoutSeconds: 2 * answerSeconds,
  });
  const result = await context.runner.run(command);
  // A forbidden request has reached the API server too.
  return result.exitStatus === 0 || /\(Forbidden\)/.test(result.stderr)
    ? undefined
    : (connectionProblem(context, result.stderr) ?? commandProblem(command, result));
}
