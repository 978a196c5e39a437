import { PodhostError } from '../../../problems/podhost-error.ts';
import { explainOnHost, hostText } from '../../../provision/host.ts';
import {
  answers,
  checkInstaller,
  fetchInstaller,
  installedVersion,
  otherScript,
  runInstaller,
  uninstall,
} from '../../../provision/k3s.ts';
import { findReadyNode, waitForNode } from '../../../provision/k3s-node.ts';
import { fetchKubeconfig, readKubeconfig, writeKubeconfig } from '../../../provision/kubeconfig.ts';
import { hostAddress, writtenAddress } from '../../../provision/ssh.ts';
import type { DeployContext } from '../../../run/context.ts';
import type { Action, Step } from '../../../run/step.ts';
import { presentState } from '../../../run/step.ts';
import type { Check } from '../../preflight/check.ts';
import { installsK3s } from '../../preflight/check.ts';

/** Installs k3s where there is none, and fetches the credentials for it. */
export const k3sStep: Step = {
  name: 'k3s',
  title: 'k3s',
  async actions(context) {
    const { k3s } = context.config.deploy;
    return k3s === undefined
      ? []
      : [await installAction(context, k3s), nodeAction(context), ...(await kubeconfigActions(context))];
  },
};

type Wanted = NonNullable<DeployContext['config']['deploy']['k3s']>;

async function installAction(context: DeployContext, wanted: Wanted): Promise<Action> {
  const { version, installer, installerSha256 } = wanted;
  const present = await presentState(context, () => installedVersion(context));
  if (present !== undefined && present !== version) {
    throw new PodhostError([otherVersion(present, version)]);
  }
  return {
    title: `Install k3s ${version}`,
    alreadySo: async () => (present !== undefined && (await answers(context)) ? 'it answers' : undefined),
    commands: [fetchInstaller(installer), checkInstaller(installerSha256), runInstaller(version)],
    tell: (line) =>
      line.startsWith('sha256 ') ? `its installer has the SHA-256 checksum ${line.slice(7)}` : undefined,
    explain: async (command, result) =>
      result.exitStatus === otherScript
        ? otherInstaller(wanted, result.stdout.replace('sha256 ', '').trim())
        : explainOnHost(context)(command, result),
    prove: async () => {
      const now = await installedVersion(context);
      if (now !== version) {
        throw new PodhostError([notInstalled(now, version)], 3);
      }
    },
    // What was there before this run stays.
    ...(present === undefined ? { undo: [uninstall] } : {}),
  };
}

const nodeAction = (context: DeployContext): Action => ({
  title: 'Wait until a node of k3s is Ready',
  alreadySo: async () => {
    if (!(await answers(context))) {
      return undefined;
    }
    const node = await findReadyNode(context);
    return 'name' in node ? `${node.name} is` : undefined;
  },
  commands: [],
  prove: () => waitForNode(context),
});

async function kubeconfigActions(context: DeployContext): Promise<Action[]> {
  const { host, kubeconfig: file, config } = context;
  if (file === undefined) {
    return [];
  }
  const name = config.deploy.context ?? config.name;
  const before = readKubeconfig(file, name);
  const fetch = fetchKubeconfig({ name, ...(host !== undefined && { address: await addressOf(context, host) }) });
  const isFetched = async (text: string | undefined) => text !== undefined && text === (await hostText(context, fetch));
  return [
    {
      title: `Fetch the kubeconfig of k3s to ${file}`,
      alreadySo: async () => ((await isFetched(before)) ? 'it is the same' : undefined),
      commands: [writeKubeconfig(fetch, file)],
      explain: explainOnHost(context),
    },
  ];
}

const addressOf = async (context: DeployContext, host: string): Promise<string> =>
  (await presentState(context, () => hostAddress(context, host))) ?? writtenAddress(host);

const otherVersion = (present: string, wanted: string) => ({
  code: 'deploy/other-k3s',
  message: `k3s ${present} runs on the host, and deploy.k3s.version is ${wanted}; a running cluster is not upgraded unasked`,
  suggestion: `write: version: ${present}; or upgrade it by hand (https://docs.k3s.io/upgrades/manual)`,
});

const otherInstaller = ({ installer, installerSha256 }: Wanted, found: string) => ({
  code: 'deploy/other-installer',
  message: `the script from ${installer} has the SHA-256 checksum ${found}, and deploy.k3s.installerSha256 is ${installerSha256}; it was not run`,
  suggestion: `read the script on the host: ~/.cache/podhost/k3s-installer; when it is good, write: installerSha256: ${found}`,
});

const notInstalled = (now: string | undefined, wanted: string) => ({
  code: 'deploy/k3s-not-installed',
  message: `the installer ended well, but the host has ${now === undefined ? 'no k3s' : `k3s ${now}`} rather than ${wanted}`,
  suggestion: 'look whether deploy.k3s.installer is the official one: https://get.k3s.io',
});

/** What the step itself would refuse before it begins: another release on the host, a foreign kubeconfig in the way. */
export const k3sCheck: Check = {
  name: 'k3s on the host',
  needs: ['host'],
  isNeeded: installsK3s,
  async look({ context }) {
    await k3sStep.actions(context);
    return {};
  },
};
