import { hostSchema } from '../config/schema/deploy.ts';
import { repairFor } from '../config/shape/repair.ts';
import { PodhostError } from '../problems/podhost-error.ts';
import type { DeployContext } from '../run/context.ts';
import { readText } from '../run/kube/read.ts';
import { quoted } from '../text/quoted.ts';

/** The address that ssh takes for the host, which may be a short name of `~/.ssh/config`. */
export async function hostAddress(context: DeployContext, host: string): Promise<string> {
  const settings = await readText(context, { program: 'ssh', args: ['-G', '--', host] });
  return /^hostname (\S+)$/m.exec(settings)?.[1] ?? writtenAddress(host);
}

/** The host without the user. */
export const writtenAddress = (host: string): string => host.slice(host.indexOf('@') + 1);

/**
 * The host of the command line, held to what `deploy.host` is.
 *
 * @throws PodhostError when ssh could take it for something else
 */
export function checkedHost(written: string): string {
  const { success, error } = hostSchema.safeParse(written);
  if (success) {
    return written;
  }
  const [issue] = error.issues;
  const message = `--host ${issue?.message}, not ${quoted(written)}`;
  const suggestion = `write: --host ${repairFor(hostSchema, written) ?? 'user@address'}`;
  throw new PodhostError([{ code: 'deploy/invalid-host', message, suggestion }]);
}
