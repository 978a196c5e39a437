import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { ChartName } from '../chart/chart.ts';
import type { ChartRenderer } from '../chart/chart-renderer.ts';
import { helmRenderer } from '../helm/helm-renderer.ts';
import type { ReadModelProps } from '../model/read-model.ts';
import { knownChart } from '../model/values/objects/values-reader.ts';
import { PodhostError } from '../problems/podhost-error.ts';
import type { HelmOptions } from './options.ts';
import { fromWorkingFolder } from './working-folder.ts';

/**
 * Asks helm, as the options of a command say.
 *
 * @throws PodhostError when the chart is a folder that holds no chart
 */
function chartRenderer({ chart, helm = true, kubeVersion, apiVersions }: HelmOptions): ChartRenderer {
  if (!helm) {
    return () => ({ kind: 'unavailable', reason: '--no-helm is given' });
  }
  return helmRenderer({ chart: chart === undefined ? undefined : chartAt(chart), kubeVersion, apiVersions });
}

/** What a command that reads values gives the model: how helm is asked, and which chart is meant. */
export const renderingProps = (options: HelmOptions): Pick<ReadModelProps, 'renderer' | 'valuesChart'> => {
  const name = options.chart === undefined ? undefined : nameOf(options.chart);
  return { renderer: chartRenderer(options), ...(name === undefined ? {} : { valuesChart: name }) };
};

/** The chart that a folder, a file or a reference holds, if it is one that is known. */
function nameOf(chart: string): ChartName | undefined {
  const file = join(fromWorkingFolder(chart), 'Chart.yaml');
  const [, written] = existsSync(file) ? (/^name: *["']?([\w-]+)/m.exec(readFileSync(file, 'utf8')) ?? []) : [];
  return knownChart(written ?? chart.replace(/-v?\d+\.\d+\.\d+\.tgz$/, ''));
}

/** A path of this machine, or a reference as it is. */
function chartAt(chart: string): string {
  const path = fromWorkingFolder(chart);
  if (!existsSync(path)) {
    return chart;
  }
  if (statSync(path).isDirectory() && !existsSync(join(path, 'Chart.yaml'))) {
    throw new PodhostError([
      {
        code: 'cli/no-chart',
        message: `${chart} is no chart: it has no Chart.yaml`,
        suggestion: 'write: --chart with the folder that has the Chart.yaml, or a .tgz',
      },
    ]);
  }
  return path;
}
