import { z } from 'zod';
import type { DeployContext } from '../run/context.ts';
import { fieldManager } from '../run/kube/objects.ts';
import { answerOf, readText } from '../run/kube/read.ts';
import type { Action } from '../run/step.ts';
import { found, soonSeconds } from '../run/verification.ts';
import { run, sh } from '../text/shell.ts';
import { asLine, deliveryCheck, toldMetadata, toldObjects } from './delivery.ts';

const resource = 'helmcharts.helm.cattle.io';

const helmChart = z.object({
  metadata: toldMetadata.extend({
    managedFields: z
      .array(
        z.object({ manager: z.string().optional(), subresource: z.string().optional(), time: z.string().optional() }),
      )
      .default([]),
  }),
  status: z
    .object({
      jobName: z.string().optional(),
      conditions: z
        .array(z.object({ type: z.string(), status: z.string(), message: z.string().default('') }))
        .default([]),
    })
    .optional(),
});

const job = z.object({
  metadata: z.object({ creationTimestamp: z.string(), deletionTimestamp: z.string().optional() }),
  status: z.object({ succeeded: z.number().default(0) }).default({ succeeded: 0 }),
});

type HelmChart = z.output<typeof helmChart>;

/**
 * The job of each HelmChart has ended well.
 *
 * @see https://docs.k3s.io/add-ons/helm
 */
export const k3sDelivery = (context: DeployContext): Action =>
  deliveryCheck(context, 'k3s has installed the collector', async () => {
    const told = { kind: 'HelmChart', resource, folder: context.dist };
    const charts = await toldObjects(context, told, helmChart);
    const jobs = await Promise.all(charts.map((chart) => succeededJob(context, chart)));
    return `${jobs.join(' and ')} succeeded`;
  });

/** @throws PodhostError when it has not succeeded */
async function succeededJob(context: DeployContext, { metadata, status }: HelmChart): Promise<string> {
  const { name, namespace } = metadata;
  const describe = run(sh`kubectl describe ${resource} ${name} --namespace ${namespace}`);
  const failed = status?.conditions.find((condition) => condition.type === 'Failed' && condition.status === 'True');
  if (failed !== undefined) {
    throw found('chart-failed', `k3s cannot install the chart ${name}: ${asLine(failed.message)}`, describe);
  }
  const { jobName = '' } = status ?? {};
  if (jobName === '') {
    throw found('chart-not-installed', `k3s has not begun to install the chart ${name}`, describe);
  }
  const query = ['get', 'jobs.batch', jobName, `--namespace=${namespace}`, '--ignore-not-found', '--output=json'];
  const command = context.kubectl(query);
  const text = await readText(context, command);
  const live = text.trim() === '' ? undefined : answerOf(command, text, job);
  const changed = lastChange(metadata);
  // Soon k3s has noticed a change, one of labels alone makes no new job, and clocks that differ by more would tell nothing.
  const mayBeUnnoticed = Math.abs(Date.now() - changed) < soonSeconds * 1_000;
  if (live === undefined && !mayBeUnnoticed) {
    return `${jobName}, which was cleaned up,`;
  }
  // Whatever k3s replaces has installed what was there before.
  const isGoing = live === undefined || live.metadata.deletionTimestamp !== undefined;
  if (isGoing || (mayBeUnnoticed && Date.parse(live.metadata.creationTimestamp) < changed)) {
    throw found('chart-not-installed', `k3s has not begun to install the chart ${name} as it is now`, describe);
  }
  if (live.status.succeeded === 0) {
    throw found(
      'chart-not-installed',
      `the job ${jobName} has not installed the chart ${name}`,
      run(sh`kubectl logs --namespace ${namespace} job/${jobName}`),
    );
  }
  return jobName;
}

/** When this system wrote it last; not a number when that is not known. */
function lastChange({ managedFields }: HelmChart['metadata']): number {
  const ours = managedFields.find(({ manager, subresource }) => manager === fieldManager && subresource === undefined);
  return Date.parse(ours?.time ?? '');
}
