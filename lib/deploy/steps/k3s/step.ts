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
import { currentState } from '../../../run/step.ts';
import type { Check } from '../../preflight/preflight-context.ts';
import { installsK3s } from '../../preflight/scope.ts';

/** Installs k3s when it is missing, and downloads its kubeconfig. */
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
  const present = await currentState(context, () => installedVersion(context));
  if (present !== undefined && present !== version) {
    throw new PodhostError([otherVersion(present, version)]);
  }
  return {
    title: `Install k3s ${version}`,
    upToDate: async () => (present !== undefined && (await answers(context)) ? 'it answers' : undefined),
    commands: [fetchInstaller(installer), checkInstaller(installerSha256), runInstaller(version)],
    progress: (line) =>
      line.startsWith('sha256 ') ? `its installer has the SHA-256 checksum ${line.slice(7)}` : undefined,
    explain: async (command, result) =>
      result.exitStatus === otherScript
        ? otherInstaller(wanted, result.stdout.replace('sha256 ', '').trim())
        : explainOnHost(context)(command, result),
    verify: async () => {
      const now = await installedVersion(context);
      if (now !== version) {
        throw new PodhostError([notInstalled(now, version)], 3);
      }
    },
    // An installation that existed before this run is kept.
    ...(present === undefined ? { rollback: [uninstall] } : {}),
  };
}

const nodeAction = (context: DeployContext): Action => ({
  title: 'Wait until a node of k3s is Ready',
  upToDate: async () => {
    if (!(await answers(context))) {
      return undefined;
    }
    const node = await findReadyNode(context);
    return 'name' in node ? `${node.name} is` : undefined;
  },
  commands: [],
  verify: () => waitForNode(context),
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
      upToDate: async () => ((await isFetched(before)) ? 'it is the same' : undefined),
      commands: [writeKubeconfig(fetch, file)],
      explain: explainOnHost(context),
    },
  ];
}

const addressOf = async (context: DeployContext, host: string): Promise<string> =>
  (await currentState(context, () => hostAddress(context, host))) ?? writtenAddress(host);

const otherVersion = (present: string, wanted: string) => ({
  code: 'deploy/other-k3s',
  message: `k3s ${present} runs on the host, and deploy.k3s.version is ${wanted}; a running cluster is not upgraded automatically`,
  suggestion: `write: version: ${present}; or upgrade it by hand (https://docs.k3s.io/upgrades/manual)`,
});

const otherInstaller = ({ installer, installerSha256 }: Wanted, found: string) => ({
  code: 'deploy/other-installer',
  message: `the script from ${installer} was not run: its SHA-256 checksum is ${found}, but deploy.k3s.installerSha256 is ${installerSha256}`,
  suggestion: `review the script on the host: ~/.cache/podhost/k3s-installer; if it is correct, write: installerSha256: ${found}`,
});

const notInstalled = (now: string | undefined, wanted: string) => ({
  code: 'deploy/k3s-not-installed',
  message: `the installer succeeded, but the host has ${now === undefined ? 'no k3s' : `k3s ${now}`} instead of ${wanted}`,
  suggestion: 'check whether deploy.k3s.installer is the official installer: https://get.k3s.io',
});

/** Checks what the step requires: no other version of k3s on the host, and no foreign kubeconfig file. */
export const k3sCheck: Check = {
  name: 'k3s on the host',
  needs: ['host'],
  isNeeded: installsK3s,
  async run({ context }) {
    await k3sStep.actions(context);
    return {};
  },
};
