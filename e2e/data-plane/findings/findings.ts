import { waitFor } from '../../cluster/wait.ts';
import type { Series } from '../../sink/shapes.ts';
import type { Bed } from '../bed.ts';
import type { CollectorProcess } from '../collector-process.ts';
import type { ServiceProcess } from '../service-process.ts';
import { requests } from '../span-plan.ts';
import { effectiveDimensionsOf } from './effective-dimensions.ts';
import { logFindings } from './log-findings.ts';
import { callsOf, metricFindings } from './metric-findings.ts';
import { type Sender, senderOf } from './sender.ts';
import { spanFindings } from './span-findings.ts';
import { wayFindings } from './way-findings.ts';

export interface FindingsOptions {
  /** Names this look; its spans are known by it. */
  readonly run: string;
  readonly agents: readonly CollectorProcess[];
  readonly services: readonly ServiceProcess[];
  /**
   * Whether spans are sent too that say nothing of their pod.
   *
   * @default true
   */
  readonly withoutProvider?: boolean;
  /**
   * How long what does not arrive is waited for.
   *
   * @default 60000
   */
  readonly patienceMilliseconds?: number;
}

/**
 * Lets each service handle some requests, follows their spans, and says every link of the way to Pod & Host that does
 * not hold; nothing when all do.
 */
export async function podAndHostFindings(bed: Bed, options: FindingsOptions): Promise<string[]> {
  const { run, agents, services, withoutProvider: withUntold = true, patienceMilliseconds = 60_000 } = options;
  const untoldRun = `${run}, withoutProvider`;
  const senders = await Promise.all(
    services.map(async (service): Promise<Sender> => {
      const { uid } = service.pod.metadata;
      const sent = await service.send(requests(run, uid));
      if (withUntold) await service.sendUntold(requests(untoldRun, uid));
      return senderOf(bed.kubectl, service.pod, sent);
    }),
  );
  await Promise.all(services.map((service) => service.flush(patienceMilliseconds / 1_000)));
  const arrived = () => allArrived(bed, senders, withUntold ? [run, untoldRun] : [run]);
  await waitFor('all spans and their metrics', arrived, { deadlineMilliseconds: patienceMilliseconds }).catch(() => {});

  const told = await bed.sink.spans(run);
  const withoutProvider = await bed.sink.spans(untoldRun);
  const series = await seriesOf(bed, run);
  return [
    ...wayFindings(services),
    ...logFindings(agents),
    ...spanFindings(senders, told),
    ...spanFindings(withUntold ? senders.map(withoutPodIp) : [], withoutProvider).map(
      (finding) => `${finding}, known by its connection alone, which k8sattributes sees before batch only`,
    ),
    ...metricFindings(senders, effectiveDimensionsOf(bed.dist), told, series),
  ];
}

/** The series of what a run has sent; other runs have other names. */
async function seriesOf({ sink }: Bed, run: string): Promise<Series[]> {
  const names = new Set(requests(run, '').map(({ name }) => name));
  const series = await sink.series('calls', 'duration');
  return series.filter(({ attributes }) => names.has(String(attributes['span.name'])));
}

async function allArrived(bed: Bed, senders: readonly Sender[], runs: readonly string[]): Promise<true | undefined> {
  const counts = await Promise.all(runs.map((run) => bed.sink.count(run)));
  const series = await seriesOf(bed, runs[0] ?? '');
  const whole = senders.every(
    ({ uid, sent }) => counts.every(({ bySender }) => bySender[uid] === sent) && callsOf(uid, series) === sent,
  );
  return whole || undefined;
}

/** Who says nothing of itself is recognised, but the address by which it was is not added. */
function withoutPodIp(sender: Sender): Sender {
  const { 'k8s.pod.ip': _, ...resource } = sender.resource;
  return { ...sender, resource };
}
