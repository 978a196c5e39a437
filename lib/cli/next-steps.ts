import { collectorSecret, otelIntegrationChart } from '../collector/names.ts';
import type { SystemConfig } from '../config/schema/system.ts';

/** What a person does with the output, as commands to paste. Secrets are names; the shell asks for their values. */
export const nextSteps = (config: SystemConfig, output: string): string =>
  ['', 'Next:', ...steps(config, output).map((step) => `  ${step}`)].join('\n');

function steps(config: SystemConfig, output: string): string[] {
  const { gitops, collector } = config;
  if (gitops === undefined || gitops.tool === 'k3s') {
    const byHelm = gitops === undefined && collector.delivery === 'helm-values';
    return [
      `kubectl apply -f ${output}`,
      ...secretCommands(config),
      ...(byHelm ? [helmCommand(collector, output)] : []),
    ];
  }
  return [
    `kubectl apply -f ${output}/00-namespace.yaml`,
    ...secretCommands(config),
    `git add ${output} && git commit --message "Deploy ${config.name}" && git push`,
    `kubectl apply -f ${output}/${gitops.tool}   # once`,
  ];
}

const secretCommands = ({ namespace, secret, collector }: SystemConfig): string[] => [
  ...(secret === undefined || secret.externalSecret !== undefined || secret.keys.length === 0
    ? []
    : [secretCommand(namespace, secret.name, secret.keys)]),
  secretCommand(collector.namespace, collectorSecret.name, [collectorSecret.key]),
];

const secretCommand = (namespace: string, name: string, keys: readonly string[]): string =>
  [
    `kubectl create secret generic ${name} --namespace ${namespace}`,
    ...keys.map((key) => `--from-literal=${key}="$${key}"`),
  ].join(' ');

const helmCommand = ({ release, namespace }: SystemConfig['collector'], output: string): string =>
  [
    `helm upgrade --install ${release} ${otelIntegrationChart.reference}`,
    `--version ${otelIntegrationChart.version} --namespace ${namespace}`,
    `-f ${output}/helm/coralogix-infra-values.yaml`,
  ].join(' ');
