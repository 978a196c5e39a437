import { collectorSecret, otelIntegrationChart } from '../collector/names.ts';
import type { SystemConfig } from '../config/schema/system.ts';

/** What a person does with the output, as commands to paste. Secrets are names; the shell asks for their values. */
export function nextSteps({ namespace, secret, collector }: SystemConfig, output: string): string {
  const steps = [
    `kubectl apply -f ${output}`,
    ...(secret === undefined || secret.externalSecret !== undefined || secret.keys.length === 0
      ? []
      : [secretCommand(namespace, secret.name, secret.keys)]),
    secretCommand(collector.namespace, collectorSecret.name, [collectorSecret.key]),
    ...(collector.delivery === 'manifests' ? [] : [helmCommand(collector, output)]),
  ];
  return ['', 'Next:', ...steps.map((step) => `  ${step}`)].join('\n');
}

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
