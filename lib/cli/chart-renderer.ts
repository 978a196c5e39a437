import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { ChartRenderer } from '../chart/chart-renderer.ts';
import { helmRenderer } from '../helm/helm-renderer.ts';
import { PodhostError } from '../problems/podhost-error.ts';
import type { HelmOptions } from './options.ts';
import { fromWorkingFolder } from './working-folder.ts';

/**
 * Asks helm, as the options of a command say.
 *
 * @throws PodhostError when the chart is a folder that holds no chart
 */
export function chartRenderer({ chart, helm = true, kubeVersion, apiVersions }: HelmOptions): ChartRenderer {
  if (!helm) {
    return () => ({ kind: 'unavailable', reason: '--no-helm is given' });
  }
  return helmRenderer({ chart: chart === undefined ? undefined : chartAt(chart), kubeVersion, apiVersions });
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
