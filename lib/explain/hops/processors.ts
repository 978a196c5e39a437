import { attribute } from '../../telemetry/resource-attributes.ts';
import type { CollectorPath } from '../collector-path.ts';
import type { Enrichment } from '../enrichment.ts';
import type { Verdict } from '../hop.ts';
import type { SpanPath } from '../span-path.ts';

/** What each processor adds until the span is counted, and whether pod and node are there then. */
export function processorsVerdict(spanPath: SpanPath, { hops, counts }: CollectorPath): Verdict {
  const enrichment = counts[0]?.enrichment ?? hops[0]?.enrichment;
  if (enrichment === undefined) {
    return { status: 'unknown', message: 'cannot tell what is added to the span', reasons: [] };
  }
  const { lookup, by, steps } = enrichment;
  const place = by?.collector.place(['processors', by.id]) ?? hops[0]?.collector.place(['service', 'pipelines']);
  const reason = { message: lookup?.reason ?? 'no k8sattributes is on the path', place };
  const missing = [attribute.podName, attribute.nodeName].filter((name) => !enrichment.resource.has(name));
  const wrong = wrongIdentity(spanPath, enrichment);
  if (missing.length > 0) {
    const isLost = lookup === undefined || lookup.status === 'broken';
    const message = isLost
      ? `no processor adds ${missing.join(' and ')}`
      : `${by?.id} does not add ${missing.join(' and ')}`;
    return { status: lookup?.status === 'unknown' ? 'unknown' : 'broken', message, reasons: [reason, ...steps], place };
  }
  if (wrong !== undefined) {
    const reasons = [{ message: 'attributes that the span already has are kept' }, ...steps];
    return { status: wrong.isKnown ? 'broken' : 'unknown', message: wrong.message, reasons, place };
  }
  const isFound = lookup?.status === 'ok';
  const message = isFound
    ? `${by?.id} finds the pod, and the span has its name and its node`
    : lookup?.status === 'unknown'
      ? `cannot tell whether ${by?.id} finds the pod; the SDK itself sets pod and node`
      : 'no processor finds the pod; the SDK itself sets pod and node';
  return { status: lookup?.status === 'unknown' ? 'unknown' : 'ok', message, reasons: [reason, ...steps], place };
}

/** A name of pod or node that is not the pod's own. */
function wrongIdentity({ workload }: SpanPath, { resource }: Enrichment) {
  const expected = [
    [attribute.podName, '<metadata.name>'],
    [attribute.nodeName, '<spec.nodeName>'],
  ] as const;
  for (const [name, wanted] of expected) {
    const { value, from } = resource.get(name) ?? {};
    const isPodItself = workload.kind === 'Pod' && name === attribute.podName && value === workload.name;
    if (value !== wanted && !isPodItself) {
      const isKnown = value !== undefined && !value.startsWith('<secret ');
      return {
        isKnown,
        message: isKnown ? `${name} is ${value}, from ${from}, and not that of the pod` : `cannot tell what ${name} is`,
      };
    }
  }
  return undefined;
}
