import { z } from 'zod';
import type { DeployContext } from '../run/context.ts';
import { fieldManager } from '../run/kube/objects.ts';
import { answerOf, readObjectText } from '../run/kube/read.ts';
import type { Action } from '../run/step.ts';
import { controllerTimeoutSeconds, verificationError } from '../run/verification.ts';
import { runInstruction, sh } from '../text/shell.ts';
import { asLine, configuredObjects, deliveryMetadata, deliveryVerification } from './delivery.ts';

const resource = 'helmcharts.helm.cattle.io';

const helmChart = z.object({
  metadata: deliveryMetadata.extend({
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
 * Verifies that the job of each HelmChart has succeeded.
 *
 * @see https://docs.k3s.io/add-ons/helm
 */
export const k3sDelivery = (context: DeployContext): Action =>
  deliveryVerification(context, 'k3s has installed the collector', async () => {
    const configured = { kind: 'HelmChart', resource, folder: context.dist };
    const charts = await configuredObjects(context, configured, helmChart);
    const jobs = await Promise.all(charts.map((chart) => succeededJob(context, chart)));
    return `${jobs.join(' and ')} succeeded`;
  });

/** @throws PodhostError when it has not succeeded */
async function succeededJob(context: DeployContext, { metadata, status }: HelmChart): Promise<string> {
  const { name, namespace } = metadata;
  const describe = runInstruction(sh`kubectl describe ${resource} ${name} --namespace ${namespace}`);
  const failed = status?.conditions.find((condition) => condition.type === 'Failed' && condition.status === 'True');
  if (failed !== undefined) {
    throw verificationError(
      'chart-failed',
      `k3s cannot install the chart ${name}: ${asLine(failed.message)}`,
      describe,
    );
  }
  const { jobName = '' } = status ?? {};
  if (jobName === '') {
    throw verificationError('chart-not-installed', `k3s has not started to install the chart ${name}`, describe);
  }
  const query = ['get', 'jobs.batch', jobName, `--namespace=${namespace}`, '--ignore-not-found', '--output=json'];
  const command = context.kubectl(query);
  const text = await readObjectText(context, command);
  const live = text.trim() === '' ? undefined : answerOf(command, text, job);
  const changed = lastChange(metadata);
  // A recent change may not be noticed yet. After that a missing new job means a change of labels only.
  const mayBeUnnoticed = Math.abs(Date.now() - changed) < controllerTimeoutSeconds * 1_000;
  if (live === undefined && !mayBeUnnoticed) {
    return `${jobName}, which was cleaned up,`;
  }
  // A job that is being replaced belongs to the previous version.
  const isReplaced = live === undefined || live.metadata.deletionTimestamp !== undefined;
  if (isReplaced || (mayBeUnnoticed && Date.parse(live.metadata.creationTimestamp) < changed)) {
    throw verificationError(
      'chart-not-installed',
      `k3s has not started to install the current version of the chart ${name}`,
      describe,
    );
  }
  if (live.status.succeeded === 0) {
    throw verificationError(
      'chart-not-installed',
      `the job ${jobName} has not installed the chart ${name}`,
      runInstruction(sh`kubectl logs --namespace ${namespace} job/${jobName}`),
    );
  }
  return jobName;
}

/** Time at which this system last applied the chart; NaN when it is unknown. */
function lastChange({ managedFields }: HelmChart['metadata']): number {
  const ours = managedFields.find(({ manager, subresource }) => manager === fieldManager && subresource === undefined);
  return Date.parse(ours?.time ?? '');
}
