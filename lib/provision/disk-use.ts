import type { DeployContext } from '../run/context.ts';
import { sh } from '../text/shell.ts';
import { hostScript } from './on-host.ts';

/** Where images, layers and temporary files go; a folder that is not there counts for the one above. */
const folders = ['/', '/var/lib/docker', '/var/lib/rancher', '/tmp'];

/** How full the disks of the host are, as indented lines of `df`. */
export async function diskUse({ runner }: Pick<DeployContext, 'runner'>): Promise<string[]> {
  // df fails when one folder is not there, and shows the others.
  const { stdout } = await runner.run(hostScript(sh`df -hP "$@" 2>/dev/null`, folders));
  return [...new Set(stdout.split('\n'))].filter((line) => line !== '').map((line) => `    ${line}`);
}
