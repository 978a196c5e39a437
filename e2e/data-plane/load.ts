import { setTimeout as sleep } from 'node:timers/promises';
import type { Sink } from '../sink/sink.ts';
import type { ServiceProcess } from './service-process.ts';
import { request } from './span-plan.ts';

/** What became of the spans of a load. */
export interface Outcome {
  readonly sent: number;
  readonly arrived: number;
  readonly lost: number;
  readonly twice: number;
  /** What the span metrics say. */
  readonly counted: number;
  /** By uid of the pod. */
  readonly lostBySender: Readonly<Record<string, number>>;
}

const nameOf = (run: string) => `GET /${run.replaceAll(/\W+/g, '-')}`;

/** Spans of several services, at a rate each, from `begin` until `end`. */
export class Load {
  /** By uid of the pod. */
  readonly sent = new Map<string, number>();
  private readonly sink: Sink;
  private readonly run: string;
  private readonly rate: number;
  private readonly services = new Set<ServiceProcess>();

  constructor(sink: Sink, run: string, rate: number) {
    this.sink = sink;
    this.run = run;
    this.rate = rate;
  }

  async begin(...services: ServiceProcess[]): Promise<void> {
    for (const service of services) {
      await service.begin(request(nameOf(this.run), this.run, service.pod.metadata.uid), this.rate);
      this.services.add(service);
    }
  }

  /** Returns when that many more spans have arrived than there are now. */
  async flows(spans: number, deadlineMilliseconds = 30_000): Promise<void> {
    const deadline = performance.now() + deadlineMilliseconds;
    const enough = (await this.arrived()).unique + spans;
    while ((await this.arrived()).unique < enough) {
      if (performance.now() > deadline) throw new Error(`${this.run}: no ${spans} spans in ${deadlineMilliseconds} ms`);
      await sleep(100);
    }
  }

  /** Ends a service as the kubelet ends a pod. */
  async terminate(service: ServiceProcess): Promise<void> {
    this.services.delete(service);
    this.sent.set(service.pod.metadata.uid, await service.terminate());
  }

  /** Stops, and waits until everything is there or nothing more comes. */
  async end(quietMilliseconds = 5_000, deadlineMilliseconds = 60_000): Promise<Outcome> {
    await Promise.all(
      [...this.services].map(async (service) => {
        this.sent.set(service.pod.metadata.uid, await service.end());
        await service.flush();
      }),
    );
    const sent = [...this.sent.values()].reduce((sum, one) => sum + one, 0);
    const deadline = performance.now() + deadlineMilliseconds;
    let changed = performance.now();
    let last = '';
    for (;;) {
      const { arrived, unique, bySender } = await this.arrived();
      const counted = await this.counted();
      const now = performance.now();
      if (last !== `${arrived} ${counted}`) changed = now;
      last = `${arrived} ${counted}`;
      if ((unique === sent && counted >= sent) || now - changed > quietMilliseconds || now > deadline) {
        const lost = [...this.sent].map(([uid, one]) => [uid, one - (bySender[uid] ?? 0)] as const);
        return {
          sent,
          arrived: unique,
          lost: sent - unique,
          twice: arrived - unique,
          counted,
          lostBySender: Object.fromEntries(lost),
        };
      }
      await sleep(200);
    }
  }

  private arrived() {
    return this.sink.count(this.run);
  }

  /** Sum over all series, those of collectors that are gone included. */
  private async counted(): Promise<number> {
    const own = (await this.sink.series('calls')).filter(
      ({ attributes }) => attributes['span.name'] === nameOf(this.run),
    );
    return own.reduce((sum, series) => sum + (series.kind === 'sum' ? series.value : 0), 0);
  }
}
