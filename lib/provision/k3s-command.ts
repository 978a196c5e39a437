import type { Command } from '../run/command/command.ts';
import { sh } from '../text/shell.ts';
import { hostScript } from './on-host.ts';

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
