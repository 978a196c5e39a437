import { readText } from '../cluster/read-json.ts';
import type { DeployContext } from '../deploy-context.ts';

/** The address that ssh takes for the host, which may be a short name of `~/.ssh/config`. */
export async function hostAddress(context: DeployContext, host: string): Promise<string> {
  const settings = await readText(context, { program: 'ssh', args: ['-G', '--', host] });
  return /^hostname (\S+)$/m.exec(settings)?.[1] ?? writtenAddress(host);
}

/** The host without the user. */
export const writtenAddress = (host: string): string => host.slice(host.indexOf('@') + 1);
