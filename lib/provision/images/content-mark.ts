import type { DeployContext } from '../../run/context.ts';
import { sh } from '../../text/shell.ts';
import { hostScript } from '../on-host.ts';

/** Names, kinds, sizes and times: what docker too goes by to see which files changed. Access times stay out of it. */
const script = sh`cd "$1" && list=$(find . -printf '%p %y %s %m %T@ %C@ %l\\n') || exit
printf '%s\\n' "$list" | LC_ALL=C sort | sha256sum`;

/** A mark that is another one after any change in a folder of the host; undefined where it cannot be told. */
export async function contentMark({ runner }: DeployContext, folder: string): Promise<string | undefined> {
  const { exitStatus, stdout } = await runner.run(hostScript(script, [folder], { timeoutSeconds: 120 }));
  return exitStatus === 0 ? /^[0-9a-f]{64}/.exec(stdout)?.[0] : undefined;
}
