import { z } from 'zod';
import { readJson } from '../../run/kube/read.ts';
import type { Check } from './check.ts';
import { usesCluster } from './scope.ts';
import { isOlder, parseVersion, written } from './version.ts';

const oldest = { major: 1, minor: 27 };

const server = z.object({ gitVersion: z.string() });
const client = z.object({ clientVersion: z.object({ gitVersion: z.string() }) });

/** The server knows all that the manifests use, and kubectl is made for it. */
export const serverVersionCheck: Check = {
  name: 'the version of the server',
  needs: ['cluster'],
  isNeeded: usesCluster,
  async look({ context }) {
    const [{ gitVersion }, { clientVersion }] = await Promise.all([
      readJson(context, context.kubectl(['get', '--raw=/version']), server),
      readJson(context, { program: 'kubectl', args: ['version', '--client', '--output=json'] }, client),
    ]);
    const version = parseVersion(gitVersion);
    const own = parseVersion(clientVersion.gitVersion);
    if (version === undefined || own === undefined) {
      return { notes: [`versions that are none: the server says ${gitVersion}, kubectl ${clientVersion.gitVersion}`] };
    }
    const skewed = own.major !== version.major || Math.abs(own.minor - version.minor) > 1;
    return {
      problems: isOlder(version, oldest)
        ? [
            {
              code: 'deploy/old-cluster',
              message: `the cluster runs Kubernetes ${gitVersion}, and this system needs ${written(oldest)} or newer`,
              suggestion: 'upgrade it; on k3s: https://docs.k3s.io/upgrades/manual; one minor version after the other',
            },
          ]
        : [],
      notes: skewed
        ? [
            `kubectl ${clientVersion.gitVersion} is more than one minor version away from the server's ${gitVersion}, which nobody tests; get it: https://dl.k8s.io/release/${gitVersion.replace(/\+.*/, '')}/bin/linux/amd64/kubectl`,
          ]
        : [],
    };
  },
};
