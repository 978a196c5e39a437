import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { otelIntegrationChart } from '../../chart/names.ts';
import { commandName } from '../../command-name.ts';
import { PodhostError } from '../../problems/podhost-error.ts';

/** The release that a chart is rendered as. */
export interface Release {
  readonly name: string;
  readonly namespace: string;
}

/** What a release is called where no configuration says otherwise. */
export const defaultRelease: Release = { name: 'otel-coralogix-integration', namespace: 'coralogix' };

/**
 * What `helm template` is told to render a values file with the chart.
 *
 * @param chart a folder, a .tgz, or a reference; without one the chart of the version that this project knows, which
 * needs no `helm repo add`
 * @throws PodhostError when it is a folder that holds no chart
 */
export function templateArguments(chart: string | undefined, valuesFile: string, release: Release): string[] {
  return ['template', release.name, ...chartArguments(chart), '--namespace', release.namespace, '--values', valuesFile];
}

function chartArguments(chart: string | undefined): string[] {
  const { name, repositoryUrl, version } = otelIntegrationChart;
  if (chart === undefined) {
    return [name, '--repo', repositoryUrl, '--version', version];
  }
  if (!existsSync(chart)) {
    return [chart, '--version', version];
  }
  if (statSync(chart).isDirectory() && !existsSync(join(chart, 'Chart.yaml'))) {
    const suggestion = `write --render behind the files: ${commandName} lint ${chart} --render`;
    throw new PodhostError([
      { code: 'lint/no-chart', message: `${chart} is no chart: it has no Chart.yaml`, suggestion },
    ]);
  }
  return [chart];
}
