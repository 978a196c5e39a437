import { broken, type Evidence, type HopCheck, inTransition, proven, unchecked } from '../check.ts';
import type { Reading } from '../reading.ts';
import { errorInLog, type LoggedError, rejectedKeyInLog } from './collector-log.ts';
import { collectorTitle, type LiveCollector } from './live-collector.ts';
import type { LivePod } from './live-pod.ts';
import type { OwnFigures } from './own-metrics.ts';
import { logOf } from './remedies.ts';

/** Two looks at the metrics of one collector pod: only what grows between them happens now. */
export interface IntakeFigures {
  readonly first: OwnFigures;
  readonly second: OwnFigures;
}

/** What was read of one collector pod. */
export type IntakeReading = Reading<IntakeFigures> & {
  readonly pod: LivePod;
  /** Its last lines; undefined where they were not needed or cannot be read. */
  readonly log: string | undefined;
};

/** The check of a collector that has accepted no span at all. */
export const acceptedNone = 'intake/accepted';

/** A sending queue that is as full as this loses data soon. */
const fullQueue = 0.8;

/** Whether the collectors that a service sends to accept its spans and send them on. */
export function checkIntake(live: LiveCollector, readings: readonly IntakeReading[]): HopCheck {
  const id = 'intake/figures';
  const title = collectorTitle(live);
  if (readings.length === 0) {
    return unchecked(id, `${title} has no pod whose metrics could be read`);
  }
  const unread = readings.find((reading) => 'unread' in reading);
  const read = readings.flatMap((reading) => ('value' in reading ? [reading.value] : []));
  const evidence = readings.map(evidenceOf);
  for (const reading of readings) {
    const problem = problemOf(reading);
    if (problem !== undefined) {
      const { message, remedy = logOf(reading.pod) } = problem;
      return broken(id, `${title} ${message}`, { remedy, evidence });
    }
  }
  if (unread !== undefined && 'unread' in unread) {
    return unchecked(id, `the metrics of ${title} cannot be read: ${unread.unread}`, {
      ...(unread.remedy === undefined ? {} : { remedy: unread.remedy }),
      evidence,
    });
  }
  const accepted = read.reduce((sum, { second }) => sum + second.acceptedSpans, 0);
  const sent = read.reduce((sum, { second }) => sum + second.sentSpans, 0);
  if (accepted === 0) {
    const message = `${title} has accepted no span since its start: either the service has no traffic, or nothing of it arrives`;
    return unchecked(acceptedNone, message, {
      remedy: 'send a request to the service, then run podhost verify again',
      evidence,
    });
  }
  if (sent === 0) {
    return inTransition(id, `${title} has accepted ${accepted} spans and sent none yet`, { evidence });
  }
  return proven(id, `${title} accepts spans, refuses none and sends all`, { evidence });
}

function problemOf(reading: IntakeReading): LoggedError | undefined {
  const log = reading.log ?? '';
  if ('value' in reading) {
    const error = errorInLog(log);
    const message = problemOfFigures(reading.value, error);
    return message === undefined ? undefined : { message, remedy: error?.remedy };
  }
  // The log alone cannot show when another error ended; a rejected key stays rejected.
  const rejected = rejectedKeyInLog(log);
  return rejected === undefined ? undefined : { ...rejected, message: `exports nothing: ${rejected.message}` };
}

function problemOfFigures({ first, second }: IntakeFigures, error: LoggedError | undefined): string | undefined {
  const grows = (key: keyof OwnFigures): boolean => (second[key] ?? 0) > (first[key] ?? 0);
  const because = error === undefined ? '' : `: ${error.message}`;
  if (second.refusedSpans > 0 && (grows('refusedSpans') || second.acceptedSpans === 0)) {
    return `refuses spans${because}`;
  }
  if (second.failedSpans > 0 && (grows('failedSpans') || second.sentSpans === 0)) {
    return `fails to send spans${because}`;
  }
  if (second.failedPoints > 0 && (grows('failedPoints') || second.sentPoints === 0)) {
    return `fails to send metrics${because}`;
  }
  if (second.notQueued > 0 && grows('notQueued')) {
    return 'drops data, because its sending queue is full';
  }
  if (second.queueShare !== undefined && second.queueShare >= fullQueue) {
    return `has a sending queue that is ${Math.round(second.queueShare * 100)} % full${because}`;
  }
  // Retried exports are not counted as failures until the exporter gives up.
  return second.acceptedSpans > 0 && second.sentSpans === 0 && error !== undefined
    ? `sends no spans: ${error.message}`
    : undefined;
}

function evidenceOf(reading: IntakeReading): Evidence {
  const { name } = reading.pod;
  if ('unread' in reading) {
    return { message: `pod ${name}: ${reading.unread}` };
  }
  const { second: figures } = reading.value;
  const queue = figures.queueShare === undefined ? '' : `, queue ${Math.round(figures.queueShare * 100)} % full`;
  return {
    message: `pod ${name}: ${figures.acceptedSpans} spans accepted, ${figures.refusedSpans} refused, ${figures.sentSpans} sent, ${figures.failedSpans} failed, ${figures.sentPoints} metric points sent, ${figures.failedPoints} failed${queue}`,
  };
}
