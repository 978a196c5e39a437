import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Sender, sendersOf } from '../../model/path/sender.ts';
import type { HopCheck } from '../check.ts';
import type { KubeClient } from '../cluster/kube-client.ts';
import { type LiveCollector, livePathOf } from '../cluster/live-collector.ts';
import type { ClusterSnapshot } from '../cluster/snapshot.ts';
import type { CoralogixClient } from '../coralogix/coralogix-client.ts';
import { CoralogixError } from '../coralogix/coralogix-error.ts';
import { type ProbeAnswer, readProbeSpans } from '../coralogix/probe-spans.ts';
import { inParallel } from '../in-parallel.ts';
import { probePrefix } from '../probe-mark.ts';
import { type Reading, wasRead } from '../reading.ts';
import { type Target, targetTitle } from '../target.ts';
import { CollectorFigures, type FiguresChange } from './collector-figures.ts';
import { checkArrival, checkFigures, checkSent, type SentProbe } from './probe-check.ts';
import { ProbeJobs } from './probe-jobs.ts';
import { ProbeSender } from './probe-sender.ts';

export interface ProbeProps {
  readonly client: KubeClient;
  /** Image of the generator, e.g. its copy in a registry of one's own. */
  readonly image: string;
  /** Ends sending and looking; what was created is deleted. */
  readonly signal: AbortSignal;
  /** Is called with what is under way. */
  readonly progress: (message: string) => void;
}

/** Probes that run at once. */
const atOnce = 4;

/** Spans take minutes to arrive, what a collector counts changes within one. */
const lookSeconds = 10;
const spanLooks = 18;
const figureLooks = 7;

export interface CheckProbesProps {
  readonly snapshot: ClusterSnapshot;
  readonly targets: readonly Target[];
  /** Where the spans are looked for; undefined where it was not asked for. */
  readonly coralogix: Reading<CoralogixClient> | undefined;
}

/** One marked trace for each service, which is sent once however often a run verifies. */
export class Probe {
  private readonly run = randomBytes(4).toString('hex');
  private readonly jobs: ProbeJobs;
  private sent: Promise<readonly SentProbe[]> | undefined;
  private figures: CollectorFigures | undefined;
  private hasLooked = false;

  constructor(private readonly props: ProbeProps) {
    this.jobs = new ProbeJobs(props.client);
  }

  /** Sends what was not sent, and looks for it where it should arrive; the checks are in the order of the targets. */
  async check({ snapshot, targets, coralogix }: CheckProbesProps): Promise<readonly (readonly HopCheck[])[]> {
    const senders = targets.map((target) => senderOf(snapshot, target));
    const collectors = senders.map((sender) => firstCollector(snapshot, sender));
    const client = coralogix !== undefined && wasRead(coralogix) ? coralogix.value : undefined;
    if (client === undefined) {
      this.figures ??= await CollectorFigures.read(this.props.client, [
        ...new Set(collectors.flatMap((live) => live ?? [])),
      ]);
    }
    this.sent ??= this.send(snapshot, targets, senders);
    const sent = await this.sent;
    const looks = this.hasLooked ? 1 : client === undefined ? figureLooks : spanLooks;
    this.hasLooked = true;
    if (client !== undefined) {
      const answer = await this.look(client, sent, looks);
      return sent.map((probe) => [checkSent(probe), ...checkArrival(probe, answer)]);
    }
    const changes = await this.changes(sent, collectors, looks);
    const unread = coralogix === undefined || wasRead(coralogix) ? undefined : coralogix;
    return sent.map((probe, index) => [checkSent(probe), ...checkFigures(probe, changes[index], unread)]);
  }

  /**
   * Deletes what is left of the probes, also after an interruption.
   *
   * @returns what could not be deleted, as messages
   */
  cleanUp(): Promise<readonly string[]> {
    return this.jobs.deleteAll();
  }

  private async send(
    snapshot: ClusterSnapshot,
    targets: readonly Target[],
    senders: readonly (Sender | undefined)[],
  ): Promise<readonly SentProbe[]> {
    const { client, signal, image, progress } = this.props;
    const sender = new ProbeSender(client, this.jobs, signal);
    await this.jobs.deleteLeftovers([...new Set(targets.map(({ namespace }) => namespace))]);
    return inParallel([...targets.entries()], atOnce, ([index, target]) => {
      const name = `${probePrefix}${this.run}-${index}`;
      progress(`Job ${target.namespace}/${name} sends a span as ${target.service}`);
      return sender.send({ snapshot, target, sender: senders[index], name, image });
    });
  }

  /** Looks for the marks until all are found. */
  private async look(
    client: CoralogixClient,
    sent: readonly SentProbe[],
    looks: number,
  ): Promise<ProbeAnswer | CoralogixError> {
    const marks = sent.filter((probe) => checkSent(probe).status === 'proven').map(({ mark }) => mark);
    let answer: ProbeAnswer = { found: new Map(), partial: undefined, query: '' };
    for (let look = 1; look <= looks && answer.found.size < marks.length; look++) {
      if (look > 1 && !(await this.pause(`${answer.found.size} of ${marks.length} spans of probes have arrived`))) {
        break;
      }
      try {
        answer = await readProbeSpans(client, { marks, now: new Date(), withArchive: look === looks });
      } catch (error) {
        if (error instanceof CoralogixError) {
          return error;
        }
        throw error;
      }
    }
    return answer;
  }

  /** Reads what the collectors count until each has sent or failed to send something. */
  private async changes(
    sent: readonly SentProbe[],
    collectors: readonly (LiveCollector | undefined)[],
    looks: number,
  ): Promise<readonly (FiguresChange | undefined)[]> {
    const read = () =>
      inParallel(sent, atOnce, async ({ run }, index) => {
        const live = collectors[index];
        return live === undefined || run === undefined ? undefined : this.figures?.changeOn(live, run.pod.node);
      });
    let changes = await read();
    const isOpen = (change: FiguresChange | undefined): boolean => change?.sent === 0 && change.failed === 0;
    for (let look = 1; look < looks && changes.some(isOpen); look++) {
      if (!(await this.pause('a collector has not sent the span of a probe yet'))) {
        break;
      }
      changes = await read();
    }
    return changes;
  }

  /** @returns whether to go on */
  private async pause(message: string): Promise<boolean> {
    this.props.progress(message);
    try {
      await sleep(lookSeconds * 1000, undefined, { signal: this.props.signal });
      return true;
    } catch {
      return false;
    }
  }
}

const senderOf = (snapshot: ClusterSnapshot, target: Target): Sender | undefined =>
  sendersOf(snapshot.model).find(
    ({ workload, container }) => targetTitle(workload) === targetTitle(target) && container.name === target.container,
  );

const firstCollector = (snapshot: ClusterSnapshot, sender: Sender | undefined): LiveCollector | undefined =>
  sender === undefined ? undefined : livePathOf(snapshot, sender).collectors[0];
