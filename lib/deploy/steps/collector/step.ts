import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { otelIntegrationChart } from '../../../chart/names.ts';
import type { Action } from '../../../run/action.ts';
import type { DeployContext } from '../../../run/context.ts';
import { failedLook } from '../../../run/failed-look.ts';
import { distFile } from '../../../run/kube/names.ts';
import type { Step } from '../../../run/step.ts';
import { releaseActions } from '../../helm.ts';
import { earlierInstallation } from './remove-earlier.ts';

/**
 * Installs the collector by Helm. As manifests it comes with the others; a GitOps tool installs it by itself. With
 * `--migrate` what an earlier installation left goes before: not sooner, so that spans are counted until then.
 */
export const collectorStep: Step = {
  name: 'collector',
  title: 'Collector',
  actions: async (context) => [...(context.migrate ? await migration(context) : []), ...(await installation(context))],
};

/** What is left is not taken for gone unseen. */
async function migration(context: DeployContext): Promise<readonly Action[]> {
  try {
    return await earlierInstallation(context);
  } catch (error) {
    return [failedLook(context, 'Look for an earlier installation', error)];
  }
}

async function installation(context: DeployContext): Promise<readonly Action[]> {
  const { collector, gitops } = context.config;
  const { release, namespace, delivery } = collector;
  if (delivery !== 'helm-values' || gitops !== undefined) {
    return [];
  }
  const file = join(context.dist, distFile.helmValues);
  const { name: chart, version } = otelIntegrationChart;
  const values: unknown = parse(readFileSync(file, 'utf8'));
  return releaseActions(context, { release, namespace, chart, version, values, valuesFlag: `--values=${file}` });
}
