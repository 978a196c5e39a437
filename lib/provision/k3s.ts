import type { Command } from '../run/command/command.ts';
import type { DeployContext } from '../run/context.ts';
import { sh } from '../text/shell.ts';
import { hostScript, hostText } from './host.ts';

/**
 * For a shell of the host: where the installer puts k3s and what removes it, which not every session's PATH has.
 *
 * @see https://docs.k3s.io/reference/env-variables (INSTALL_K3S_BIN_DIR)
 */
export const k3sOnPath = sh`PATH=$PATH:/usr/local/bin:/opt/bin`;

/**
 * For a shell of the host: the program k3s by its whole path, because the PATH that sudo goes by has no /usr/local/bin
 * on RHEL, Rocky, Alma and Amazon Linux. Where there is none, sudo says that it has not found k3s.
 */
export const k3sPath = sh`$(${k3sOnPath}; command -v k3s || echo k3s)`;

/** For a person: why k3s does not run. */
export const k3sJournal = sh`sudo journalctl -u k3s --since -10min`;

/** A command of k3s as root, e.g. `['kubectl', 'get', 'nodes']`. */
export const k3sAsRoot = (args: readonly string[]): Command => hostScript(sh`exec sudo -n "${k3sPath}" ${args}`);

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

/** What the check of the script ends with when it is another one. */
export const otherScript = 65;

/** The user's own folder: nobody else can change the script between its check and its run. */
const prepare = sh`umask 077; folder=$HOME/.cache/podhost; mkdir -p "$folder" || exit`;

/** Brings the installation script to the host, from an https address or a file there. */
export function fetchInstaller(source: string): Command {
  const get = source.startsWith('/')
    ? sh`cp -- "$1" "$folder/k3s-installer.new"`
    : sh`curl --fail --silent --show-error --location --proto '=https' --output "$folder/k3s-installer.new" -- "$1"`;
  const script = sh`${prepare}; ${get} && mv "$folder/k3s-installer.new" "$folder/k3s-installer"`;
  return hostScript(script, [source], { timeoutSeconds: 120 });
}

/**
 * Shows the checksum of the script, and compares it.
 *
 * @param sha256 what it must be; without one it is shown alone
 */
export const checkInstaller = (sha256: string | undefined): Command =>
  hostScript(
    sh`sum=$(sha256sum < "$HOME/.cache/podhost/k3s-installer") || exit; sum=\${sum%% *}; echo "sha256 $sum"; test -z "$1" || test "$1" = "$sum" || exit ${otherScript}`,
    [sha256 ?? ''],
  );

/** A run that was interrupted may still be at work on the host; the next one waits for it rather than to get in its way. */
const alone = sh`exec flock "$HOME/.cache/podhost/k3s.lock"`;

/** Runs the script as root. */
export const runInstaller = (version: string): Command =>
  hostScript(sh`${alone} sudo -n INSTALL_K3S_VERSION="$1" sh "$HOME/.cache/podhost/k3s-installer"`, [version], {
    timeoutSeconds: 900,
  });

/** Removes what the script has installed, as far as it came. */
export const uninstall: Command = hostScript(
  sh`${prepare}; ${k3sOnPath}; ${alone} sh -c 'script=$(command -v k3s-uninstall.sh) || exit 0; exec sudo -n "$script"'`,
  [],
  { timeoutSeconds: 900 },
);
