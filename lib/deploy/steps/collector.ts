import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { otelIntegrationChart } from '../../collector/names.ts';
import { releaseActions } from '../helm/release-actions.ts';
import { distFile } from '../names.ts';
import type { Step } from '../step.ts';

/** Installs the collector by Helm. As manifests it comes with the others; a GitOps tool installs it by itself. */
export const collectorStep: Step = {
  name: 'collector',
  title: 'Collector',
  async actions(context) {
    const { collector, gitops } = context.config;
    const { release, namespace, delivery } = collector;
    if (delivery !== 'helm-values' || gitops !== undefined) {
      return [];
    }
    const file = join(context.dist, distFile.helmValues);
    const { name: chart, version } = otelIntegrationChart;
    const values: unknown = parse(readFileSync(file, 'utf8'));
    return releaseActions(context, { release, namespace, chart, version, values, valuesFlag: `--values=${file}` });
  },
};
