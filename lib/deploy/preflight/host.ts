import { hostProblem } from '../../provision/host.ts';
import { asRoot, onHost } from '../../provision/on-host.ts';
import { sh } from '../../text/shell.ts';
import type { Check } from './check.ts';
import { buildsImages, installsK3s, type Scope, usesHost } from './scope.ts';
import { missingTool } from './tool-problems.ts';

/** The host lets podhost in, and to become root where a step must. */
export const hostCheck: Check = {
  name: 'the host',
  needs: [],
  isNeeded: usesHost,
  async look({ context, scope }) {
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
