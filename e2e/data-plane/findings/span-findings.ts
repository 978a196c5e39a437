import type { ReceivedResource } from '../../sink/shapes.ts';
import type { Sender } from './sender.ts';

/** What is wrong with the spans that arrived: missing, repeated, or with something else than what their pod is. */
export function spanFindings(senders: readonly Sender[], received: readonly ReceivedResource[]): string[] {
  const known = new Map(senders.map((sender) => [sender.uid, sender]));
  const spans = received.flatMap(({ resource, spans }) =>
    spans.map((span) => ({ ...span, resource, sender: String(span.attributes['test.sender']) })),
  );
  const counts = senders.flatMap(({ title, uid, sent }) => {
    const arrived = spans.filter(({ sender }) => sender === uid);
    const different = new Set(arrived.map(({ id }) => id)).size;
    return [
      ...(different === sent ? [] : [`${title} sent ${sent} spans, ${different} arrived`]),
      ...(different === arrived.length ? [] : [`${title}: ${arrived.length - different} spans arrived twice`]),
    ];
  });
  const wrong = spans.flatMap(({ resource, sender }) => {
    const from = known.get(sender);
    if (from === undefined) return [`span of an unknown sender ${sender}`];
    return Object.entries(from.resource).flatMap(([attribute, expected]) => {
      const value = resource[attribute];
      if (value === expected) return [];
      return value === undefined
        ? [`span without ${attribute} from ${from.title}`]
        : [`span with ${attribute} ${value} from ${from.title}, whose is ${expected}`];
    });
  });
  return [...counts, ...new Set(wrong)];
}
