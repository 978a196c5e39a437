import type { Collector } from '../../collector/collector.ts';
import type { Verdict } from '../hop.ts';

/** What becomes of spans at a collector whose configuration was not read; undefined where it was. */
export function unreadVerdict({ title, unread }: Collector): Verdict | undefined {
  if (unread === undefined) {
    return undefined;
  }
  const { kind, reason } = unread;
  const place = () => unread.place;
  return kind === 'none'
    ? {
        status: 'broken',
        cause: 'no-configuration',
        message: `${title} does not start`,
        reasons: [{ message: 'configMap.create is off and its command names no configuration', place }],
        place,
      }
    : {
        status: 'unknown',
        message: `cannot tell what ${title} does with the span`,
        reasons: [{ message: reason, place }],
        place,
      };
}
