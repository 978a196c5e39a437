import { setTimeout as sleep } from 'node:timers/promises';
import type { Sender } from '../../model/path/sender.ts';
import { type HopCheck, unchecked } from '../check.ts';
import type { KubeClient } from '../cluster/kube-client.ts';
import { KubeError } from '../cluster/kube-error.ts';
import { type LivePod, livePodOf } from '../cluster/live-pod.ts';
import { pathOf, pods } from '../cluster/resources.ts';
import type { ClusterSnapshot } from '../cluster/snapshot.ts';
import { troubleOf } from '../cluster/trouble.ts';
import { wasRead } from '../reading.ts';
import { type Target, targetTitle } from '../target.ts';
import type { SentProbe } from './probe-check.ts';
import { probeJob } from './probe-job.ts';
import type { ProbeJobs } from './probe-jobs.ts';

/** A pod is looked at once a second for so long. */
const maximumSeconds = 90;

export interface SendProps {
  readonly snapshot: ClusterSnapshot;
  readonly target: Target;
  /** The sender as it is in the cluster; undefined where it was not found. */
  readonly sender: Sender | undefined;
  /** Name of the Job, and the mark of its span. */
  readonly name: string;
  readonly image: string;
}

/** Runs the Job of one probe, and deletes it whatever happens. */
export class ProbeSender {
  constructor(
    private readonly client: KubeClient,
    private readonly jobs: ProbeJobs,
    private readonly signal: AbortSignal,
  ) {}

  async send({ snapshot, target, sender, name, image }: SendProps): Promise<SentProbe> {
    const probe = { target, mark: name };
    if (sender === undefined) {
      return { ...probe, unsent: notSent(`${targetTitle(target)} was not found in the cluster`) };
    }
    const job = probeJob({ snapshot, target, sender, name, mark: name, image });
    if (!wasRead(job)) {
      return { ...probe, unsent: notSent(job.unread) };
    }
    try {
      await this.jobs.create(target.namespace, name, job.value);
      return { ...probe, ...(await this.outcomeOf(target, name)) };
    } catch (error) {
      if (this.signal.aborted) {
        return { ...probe, unsent: notSent('the run was interrupted') };
      }
      if (error instanceof KubeError) {
        const remedy = 'grant the permissions that podhost verify --print-role --probe prints';
        return { ...probe, unsent: notSent(error.message, error.kind === 'forbidden' ? remedy : undefined) };
      }
      throw error;
    } finally {
      await this.jobs.delete(target.namespace, name);
    }
  }

  /** Waits for the end of the pod, and reads what it reports. */
  private async outcomeOf(target: Target, job: string): Promise<Omit<SentProbe, 'target' | 'mark'>> {
    let pod: LivePod | undefined;
    for (let second = 0; second < maximumSeconds; second++) {
      pod = await this.podOf(target.namespace, job);
      const ended = pod?.containers.find(({ name }) => name === target.container)?.status?.state.terminated;
      if (pod !== undefined && (ended !== undefined || pod.phase === 'Succeeded')) {
        return { run: { pod, exitCode: ended?.exitCode ?? 0, log: await this.logOf(pod, target.container) } };
      }
      const trouble = pod === undefined ? undefined : troubleOf(pod);
      if (trouble !== undefined && trouble.kind !== 'unschedulable') {
        const remedy = trouble.kind === 'image' ? 'name a copy of the image by --probe-image' : undefined;
        return { unsent: notSent(`its pod does not run: ${trouble.message}`, remedy) };
      }
      await sleep(1000, undefined, { signal: this.signal });
    }
    const reason = pod === undefined ? 'no pod was created for it' : (pod.reason ?? `its pod is ${pod.phase}`);
    return { unsent: notSent(`its Job did not end within ${maximumSeconds} s: ${reason}`) };
  }

  private async podOf(namespace: string, job: string): Promise<LivePod | undefined> {
    const query = { labelSelector: `job-name=${job}` };
    for await (const item of this.client.list(pathOf(pods, namespace), 'the pod of the probe', undefined, query)) {
      return livePodOf(item);
    }
    return undefined;
  }

  private async logOf({ namespace, name }: LivePod, container: string): Promise<string | undefined> {
    try {
      return await this.client.text(`${pathOf(pods, namespace, name)}/log`, 'the log of the probe', { container });
    } catch (error) {
      if (error instanceof KubeError) {
        return undefined;
      }
      throw error;
    }
  }
}

const notSent = (reason: string, remedy?: string): HopCheck =>
  unchecked('probe/send', `the probe was not sent: ${reason}`, { remedy });
