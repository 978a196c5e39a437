import type { DeployContext } from '../run/context.ts';
import { sh } from '../text/shell.ts';
import { hostText } from './host-answer.ts';
import { k3sAsRoot, k3sOnPath } from './k3s-command.ts';
import { hostScript } from './on-host.ts';

/** Release of k3s that is on the host; undefined when there is none. */
export async function installedVersion(context: DeployContext): Promise<string | undefined> {
  const look = hostScript(sh`${k3sOnPath}; command -v k3s > /dev/null || exit 0; exec k3s --version`);
  return /^k3s version (\S+)/m.exec(await hostText(context, look))?.[1];
}

/** Whether its API server answers. */
export async function answers({ runner }: DeployContext): Promise<boolean> {
  const { exitStatus } = await runner.run(k3sAsRoot(['kubectl', 'get', '--raw=/readyz']));
  return exitStatus === 0;
}
