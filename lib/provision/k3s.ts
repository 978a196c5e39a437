import type { Command } from '../run/command/command.ts';
import type { DeployContext } from '../run/context.ts';
import { sh } from '../text/shell.ts';
import { hostScript, hostText } from './host.ts';

/**
 * For a shell of the host: adds the folders of k3s and its uninstaller to the PATH, which lacks them in some sessions.
 *
 * @see https://docs.k3s.io/reference/env-variables (INSTALL_K3S_BIN_DIR)
 */
export const k3sOnPath = sh`PATH=$PATH:/usr/local/bin:/opt/bin`;

/**
 * For a shell of the host: the absolute path of k3s, because the PATH of sudo has no /usr/local/bin on RHEL, Rocky, Alma
 * and Amazon Linux. When k3s is missing, sudo reports that it was not found.
 */
export const k3sPath = sh`$(${k3sOnPath}; command -v k3s || echo k3s)`;

/** A command of k3s as root, e.g. `['kubectl', 'get', 'nodes']`. */
export const k3sAsRoot = (args: readonly string[]): Command => hostScript(sh`exec sudo -n "${k3sPath}" ${args}`);

/** Installed version of k3s; undefined when there is none. */
export async function installedVersion(context: DeployContext): Promise<string | undefined> {
  const command = hostScript(sh`${k3sOnPath}; command -v k3s > /dev/null || exit 0; exec k3s --version`);
  return /^k3s version (\S+)/m.exec(await hostText(context, command))?.[1];
}

/** Whether the API server of k3s answers. */
export async function answers({ runner }: DeployContext): Promise<boolean> {
  const { exitStatus } = await runner.run(k3sAsRoot(['kubectl', 'get', '--raw=/readyz']));
  return exitStatus === 0;
}

/** Exit status of the checksum comparison when the script is another one. */
export const otherScript = 65;

/** A folder of the user, so that no other user can change the script between its check and its run. */
const prepare = sh`umask 077; folder=$HOME/.cache/podhost; mkdir -p "$folder" || exit`;

/** Downloads the installation script to the host, or copies it from a file of the host. */
export function fetchInstaller(source: string): Command {
  const get = source.startsWith('/')
    ? sh`cp -- "$1" "$folder/k3s-installer.new"`
    : sh`curl --fail --silent --show-error --location --proto '=https' --output "$folder/k3s-installer.new" -- "$1"`;
  const script = sh`${prepare}; ${get} && mv "$folder/k3s-installer.new" "$folder/k3s-installer"`;
  return hostScript(script, [source], { timeoutSeconds: 120 });
}

/**
 * Prints the checksum of the script and compares it.
 *
 * @param sha256 expected checksum; undefined to only print it
 */
export const checkInstaller = (sha256: string | undefined): Command =>
  hostScript(
    sh`sum=$(sha256sum < "$HOME/.cache/podhost/k3s-installer") || exit; sum=\${sum%% *}; echo "sha256 $sum"; test -z "$1" || test "$1" = "$sum" || exit ${otherScript}`,
    [sha256 ?? ''],
  );

/** Waits for an interrupted run that is still active on the host. */
const alone = sh`exec flock "$HOME/.cache/podhost/k3s.lock"`;

/** Runs the script as root. */
export const runInstaller = (version: string): Command =>
  hostScript(sh`${alone} sudo -n INSTALL_K3S_VERSION="$1" sh "$HOME/.cache/podhost/k3s-installer"`, [version], {
    timeoutSeconds: 900,
  });

/** Uninstalls k3s, also after an incomplete installation. */
export const uninstall: Command = hostScript(
  sh`${prepare}; ${k3sOnPath}; ${alone} sh -c 'script=$(command -v k3s-uninstall.sh) || exit 0; exec sudo -n "$script"'`,
  [],
  { timeoutSeconds: 900 },
);
