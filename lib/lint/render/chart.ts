import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { otelIntegrationChart } from '../../chart/names.ts';
import { podhost } from '../../command-name.ts';
import { PodhostError } from '../../problems/podhost-error.ts';
import { operand, sh } from '../../text/shell.ts';

/** The release that a chart is rendered as. */
export interface ReleaseTarget {
  readonly name: string;
  readonly namespace: string;
}

/** The release where no configuration names another. */
export const defaultRelease: ReleaseTarget = { name: 'otel-coralogix-integration', namespace: 'coralogix' };

/**
 * Arguments of `helm template` that render a values file with the chart.
 *
 * @param chart a folder, a .tgz, or a reference; without one the chart of the version that this project knows, which
 * needs no `helm repo add`
 * @throws PodhostError when it is a folder that holds no chart
 */
export function templateArguments(
  chart: string | undefined,
  valuesFiles: readonly string[],
  release: ReleaseTarget,
): string[] {
  const { name, flags } = chartArguments(chart);
  const { namespace } = release;
  // Behind "--" nothing is an option, whatever the name of a chart.
  return [
    'template',
    ...flags,
    `--namespace=${namespace}`,
    ...valuesFiles.map((file) => `--values=${file}`),
    '--',
    release.name,
    name,
  ];
}

interface ChartArguments {
  readonly name: string;
  readonly flags: readonly string[];
}

function chartArguments(chart: string | undefined): ChartArguments {
  const { name, repositoryUrl, version } = otelIntegrationChart;
  if (chart === undefined) {
    return { name, flags: [`--repo=${repositoryUrl}`, `--version=${version}`] };
  }
  if (!existsSync(chart)) {
    return { name: chart, flags: [`--version=${version}`] };
  }
  if (statSync(chart).isDirectory() && !existsSync(join(chart, 'Chart.yaml'))) {
    const suggestion = `write --render behind the files: ${sh`${podhost} lint ${operand(chart)} --render`}`;
    throw new PodhostError([
      { code: 'lint/no-chart', message: `${chart} is no chart: it has no Chart.yaml`, suggestion },
    ]);
  }
  return { name: chart, flags: [] };
}
