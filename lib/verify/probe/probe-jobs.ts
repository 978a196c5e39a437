import { runInstruction, sh } from '../../text/shell.ts';
import { type Mapping, textAt } from '../../yaml/value.ts';
import type { KubeClient } from '../cluster/kube-client.ts';
import { KubeError } from '../cluster/kube-error.ts';
import { timeOf } from '../cluster/live-pod.ts';
import { jobs, pathOf } from '../cluster/resources.ts';
import { probeLabel, probeLifetimeSeconds } from './probe-job.ts';

/** The Jobs of probes in the cluster: every one that is created is deleted. */
export class ProbeJobs {
  /** Namespaces by name of the Job. */
  private readonly created = new Map<string, string>();
  /** Deletes after an interruption too. */
  private readonly cleaner: KubeClient;

  constructor(private readonly client: KubeClient) {
    this.cleaner = client.uninterrupted();
  }

  /** @throws KubeError when the API server refuses it */
  async create(namespace: string, name: string, job: Mapping): Promise<void> {
    // First, for an answer that does not arrive may have created it.
    this.created.set(name, namespace);
    await this.client.create(pathOf(jobs, namespace), `jobs in namespace ${namespace}`, job);
  }

  /** Deletes a Job with its pod. A failure is not final: deleteAll tries again. */
  async delete(namespace: string, name: string): Promise<void> {
    if ((await this.failureOf(namespace, name)) === undefined) {
      this.created.delete(name);
    }
  }

  /** @returns what could not be deleted, as messages */
  async deleteAll(): Promise<readonly string[]> {
    const messages: string[] = [];
    for (const [name, namespace] of this.created) {
      const failure = await this.failureOf(namespace, name);
      if (failure === undefined) {
        this.created.delete(name);
      } else {
        const command = runInstruction(sh`kubectl delete job ${name} --namespace ${namespace}`);
        messages.push(`Job ${namespace}/${name} was not deleted: ${failure.message}; ${command}`);
      }
    }
    return messages;
  }

  /** Deletes the Jobs of earlier runs that were killed, on clusters that do not delete Jobs by themselves. */
  async deleteLeftovers(namespaces: readonly string[]): Promise<void> {
    const query = { labelSelector: `${probeLabel.name}=${probeLabel.value}` };
    for (const namespace of namespaces) {
      const names: string[] = [];
      try {
        const what = `jobs in namespace ${namespace}`;
        for await (const job of this.client.list(pathOf(jobs, namespace), what, undefined, query)) {
          const created = timeOf(textAt(job, 'metadata', 'creationTimestamp'));
          const name = textAt(job, 'metadata', 'name');
          if (name !== undefined && created !== undefined && created + probeLifetimeSeconds * 1000 < Date.now()) {
            names.push(name);
          }
        }
      } catch (error) {
        if (!(error instanceof KubeError)) {
          throw error;
        }
      }
      for (const name of names) {
        await this.failureOf(namespace, name);
      }
    }
  }

  private async failureOf(namespace: string, name: string): Promise<KubeError | undefined> {
    try {
      await this.cleaner.remove(pathOf(jobs, namespace, name), `jobs in namespace ${namespace}`);
      return undefined;
    } catch (error) {
      if (!(error instanceof KubeError)) {
        throw error;
      }
      return error.kind === 'not-found' ? undefined : error;
    }
  }
}
