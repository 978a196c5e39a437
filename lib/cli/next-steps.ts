import { otelIntegrationChart } from '../chart/names.ts';
import { commandName } from '../command-name.ts';
import type { SystemConfig } from '../config/schema/system.ts';
import { chartSource } from '../deploy/helm/chart-source.ts';
import { shellWord } from '../deploy/script/shell-word.ts';
import { wantedSecrets } from '../deploy/secrets/wanted-secrets.ts';
import { secretLine } from '../secrets/secret-line.ts';

export interface NextStepsProps {
  readonly config: SystemConfig;
  /** The configuration file. */
  readonly configFile: string;
  /** Folder that was written. */
  readonly output: string;
}

/** What a person does with the output, as commands to paste. Secrets are names; the shell has their values. */
export function nextSteps({ config, configFile, output }: NextStepsProps): string {
  const folder = shellWord(output);
  const deploy = `${commandName} deploy --config ${shellWord(configFile)} --output ${folder}`;
  const byHand = byHandSteps(config, folder);
  return [
    ...['', 'Next, all of it with checks before and after (--dry-run shows it as a script):', `  ${deploy}`],
    ...(byHand.length === 0 ? [] : ['or by hand:', ...byHand.map((step) => `  ${step}`)]),
  ].join('\n');
}

function byHandSteps(config: SystemConfig, folder: string): string[] {
  const { gitops, collector, deploy } = config;
  if (deploy.operator.enabled) {
    // Its values and namespace are in no file of the output.
    return [];
  }
  const secrets = wantedSecrets(config).map(secretLine);
  if (gitops === undefined || gitops.tool === 'k3s') {
    const byHelm = gitops === undefined && collector.delivery === 'helm-values';
    return [`kubectl apply -f ${folder}`, ...secrets, ...(byHelm ? [helmLine(config, folder)] : [])];
  }
  return [
    `kubectl apply -f ${folder}/00-namespace.yaml`,
    ...secrets,
    `git add ${folder} && git commit --message "Deploy ${config.name}" && git push`,
    `kubectl apply -f ${folder}/${gitops.tool}   # once`,
  ];
}

const helmLine = ({ collector: { release, namespace }, deploy }: SystemConfig, folder: string): string =>
  [
    `helm upgrade --install ${release} ${chartSource(deploy.chartRepository, otelIntegrationChart.name).join(' ')}`,
    `--version=${otelIntegrationChart.version} --namespace=${namespace}`,
    `--values=${folder}/helm/coralogix-infra-values.yaml`,
  ].join(' ');
