import { otelIntegrationChart } from '../chart/names.ts';
import { podhost } from '../command-name.ts';
import { type ConfigFiles, configFlags } from '../config/config-files.ts';
import type { SystemConfig } from '../config/schema/system.ts';
import { chartSource } from '../deploy/helm.ts';
import { secretLine, wantedSecrets } from '../deploy/steps/secrets/secret.ts';
import { distFile } from '../run/kube/objects.ts';
import { operand, type ShellText, sh } from '../text/shell.ts';
import { visibleLine } from '../text/visible.ts';

export interface NextStepsProps {
  readonly config: SystemConfig;
  /** The files of the configuration. */
  readonly configFile: ConfigFiles;
  /** Folder that was written. */
  readonly output: string;
}

/** The next commands for the output. They contain names of secrets; the shell has the values. */
export function nextSteps({ config, configFile, output }: NextStepsProps): string {
  const folder = operand(output);
  const deploy = sh`${podhost} deploy ${configFlags(configFile)} --output ${folder}`;
  const byHand = byHandSteps(config, folder);
  return [
    ...['', 'Next, with checks before and after (--dry-run prints it as a script):', `  ${deploy}`],
    ...(byHand.length === 0 ? [] : ['or by hand:', ...byHand.map((line) => `  ${line}`)]),
  ]
    .map(visibleLine)
    .join('\n');
}

function byHandSteps(config: SystemConfig, folder: string): ShellText[] {
  const { gitops, collector, deploy } = config;
  if (deploy.operator.enabled) {
    // The values and the namespace of the operator are in no file of the output.
    return [];
  }
  const secrets = wantedSecrets(config).map(secretLine);
  if (gitops === undefined || gitops.tool === 'k3s') {
    const byHelm = gitops === undefined && collector.delivery === 'helm-values';
    return [sh`kubectl apply -f ${folder}`, ...secrets, ...(byHelm ? [helmLine(config, folder)] : [])];
  }
  return [
    sh`kubectl apply -f ${`${folder}/${distFile.namespaces}`}`,
    ...secrets,
    sh`git add ${folder} && git commit --message ${`Deploy ${config.name}`} && git push`,
    // From then on the GitOps tool manages the system.
    sh`kubectl apply -f ${`${folder}/${gitops.tool}`}`,
  ];
}

const helmLine = ({ collector: { release, namespace }, deploy }: SystemConfig, folder: string): ShellText => {
  const { name, version } = otelIntegrationChart;
  const flags = [`--version=${version}`, `--namespace=${namespace}`, `--values=${folder}/${distFile.helmValues}`];
  return sh`helm upgrade --install ${release} ${chartSource(deploy.chartRepository, name)} ${flags}`;
};
