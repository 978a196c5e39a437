import type { Collector } from '../../collector/collector.ts';
import type { Model } from '../../model.ts';
import type { StartCause } from '../../start/start-fault.ts';
import { startFaultsOf } from '../../start/start-faults.ts';
import type { Verdict } from '../hop.ts';

/** What becomes of spans at a collector that does not run, or whose configuration was not read; undefined at others. */
export function notRunningVerdict(model: Model, collector: Collector): Verdict | undefined {
  const { title, unread } = collector;
  const all = startFaultsOf(model, collector);
  const [fault = all[0]] = all.filter(({ cannotTell }) => cannotTell !== true);
  if (fault !== undefined && (fault.cannotTell !== true || unread === undefined)) {
    const place = () => fault.place;
    const reasons = [{ message: withoutEffect(fault.message), place }];
    return fault.cannotTell === true
      ? { status: 'unknown', message: `cannot tell whether ${title} starts`, reasons, place }
      : {
          status: 'broken',
          cause: fault.cause,
          message: `${title} ${effects[fault.cause] ?? 'does not start'}`,
          reasons,
          place,
        };
  }
  if (unread === undefined) {
    return undefined;
  }
  const place = () => unread.place;
  return {
    status: 'unknown',
    message: `cannot tell what ${title} does with the span`,
    reasons: [{ message: unread.reason, place }],
    place,
  };
}

/** The hop itself has the consequence. */
const withoutEffect = (message: string): string =>
  message.replace(/(: the collector does not start|, and the collector does not start without)$/, '');

/** What happens instead, where the collector is not even created. */
const effects: Partial<Readonly<Record<StartCause, string>>> = {
  'refused-values': 'is not installed',
  'refused-access': 'gets no pods',
  'refused-pods': 'gets no pods',
  'no-replicas': 'has no pods',
};
