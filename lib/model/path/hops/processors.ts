import { relayExporter } from '../../../pipeline/exporters.ts';
import type { Place } from '../../../problems/problem.ts';
import { attribute } from '../../../telemetry/resource-attributes.ts';
import type { Collector } from '../../collector/collector.ts';
import { unwatchedPods } from '../../enrichment/watched-pods.ts';
import { unexpandedReference } from '../../environment/unexpanded-reference.ts';
import { writtenResourceAttributes } from '../../spans/written-resource-attributes.ts';
import type { CollectorPath } from '../collector-path.ts';
import { coralogixHost } from '../coralogix-exporter.ts';
import type { Enrichment } from '../enrichment.ts';
import type { Verdict } from '../hop.ts';
import type { SpanPath } from '../span-path.ts';

/** What the span is like where it is counted, else where it leaves the last collector. */
export const judgedEnrichment = ({ hops, counts }: CollectorPath): Enrichment | undefined =>
  counts[0]?.enrichment ?? hops.at(-1)?.enrichment;

/** What each processor adds until the span is counted, and whether pod and node are there then. */
export function processorsVerdict(spanPath: SpanPath, collectorPath: CollectorPath): Verdict {
  const { hops } = collectorPath;
  const enrichment = judgedEnrichment(collectorPath);
  if (enrichment === undefined) {
    return { status: 'unknown', message: 'cannot tell what is added to the span', reasons: [] };
  }
  const { lookup, by, steps } = enrichment;
  const place = () =>
    lookupPlace(spanPath, enrichment) ??
    hops[0]?.collector.place(['service', 'pipelines', hops[0].passed[0]?.id ?? 'traces', 'processors']);
  const reason = { message: lookup?.reason ?? 'no k8sattributes is on the path', place };
  const missing = [attribute.podName, attribute.nodeName].filter((name) => !enrichment.resource.has(name));
  const wrong = wrongIdentity(spanPath, enrichment) ?? wrongIdentity(spanPath, lastEnrichment(collectorPath));
  if (missing.length > 0) {
    const reasons = [reason, ...steps];
    const which = missing.join(' and ');
    if (spanPath.instrumentation.kind === 'injected') {
      const message = `cannot tell whether the operator adds ${which}, which no processor does`;
      return { status: 'unknown', message, reasons, place };
    }
    if (lookup === undefined && collectorPath.counts.length === 0 && mayBeEnrichedBehind(collectorPath)) {
      const message = `cannot tell whether a collector behind adds ${which}, which none that was read does`;
      return { status: 'unknown', message, reasons, place };
    }
    switch (lookup?.status) {
      case 'unknown':
        return { status: 'unknown', message: `${by?.id} does not add ${which}`, reasons, place };
      case 'ok':
        return (
          removal(missing, enrichment, momentOf(collectorPath), place) ?? {
            status: 'broken',
            cause: 'not-extracted',
            message: `${by?.id} does not add ${which}`,
            reasons,
            place,
          }
        );
      default:
        return {
          status: 'broken',
          cause: lookup?.cause ?? 'no-lookup',
          message: `no processor adds ${which}`,
          reasons,
          place,
        };
    }
  }
  if (wrong !== undefined) {
    const reasons = [{ message: 'attributes that the span already has are kept' }, ...steps];
    const { message } = wrong;
    return wrong.isKnown
      ? { status: 'broken', cause: 'foreign-identity', message, reasons, place }
      : { status: 'unknown', message, reasons, place };
  }
  const taken = deletion(collectorPath, enrichment);
  if (taken !== undefined) {
    return taken;
  }
  const isFound = lookup?.status === 'ok';
  const isSet = [attribute.podName, attribute.nodeName].every((name) => enrichment.resource.get(name)?.from !== by?.id);
  const message = isFound
    ? `${by?.id} finds the pod, and the span has its name and its node`
    : lookup?.status === 'unknown'
      ? `cannot tell whether ${by?.id} finds the pod${isSet ? '; the SDK itself sets pod and node' : ''}`
      : 'no processor finds the pod; the SDK itself sets pod and node';
  return { status: lookup?.status === 'unknown' ? 'unknown' : 'ok', message, reasons: [reason, ...steps], place };
}

/** Whether the last collector that is known was not read, or sends spans to one that was not. */
function mayBeEnrichedBehind({ hops }: CollectorPath): boolean {
  const last = hops.at(-1);
  return (
    last !== undefined &&
    (last.collector.unread !== undefined ||
      (relayExporter(last.exporters) !== undefined &&
        last.exporters.every((id) => coralogixHost(last.collector, id) === undefined)))
  );
}

/** Attributes of the resource that views look for. */
export const neededAttributes: readonly string[] = [
  attribute.podName,
  attribute.nodeName,
  'service.name',
  'telemetry.sdk.language',
];

const ofPod: ReadonlySet<string> = new Set([attribute.podName, attribute.nodeName]);

/** What takes away an attribute that views look for, until the span is counted or leaves the last collector. */
function deletion(collectorPath: CollectorPath, judged: Enrichment): Verdict | undefined {
  const last = lastEnrichment(collectorPath);
  const missing = (enrichment: Enrichment) => neededAttributes.filter((name) => !enrichment.resource.has(name));
  const lost = last === undefined ? [] : missing(last);
  const isAddedBehind = lost.every((name) => ofPod.has(name)) && mayBeEnrichedBehind(collectorPath);
  return (
    removal(missing(judged), judged, momentOf(collectorPath)) ??
    (last === undefined || isAddedBehind ? undefined : removal(lost, last, 'leaves'))
  );
}

const lastEnrichment = ({ hops }: CollectorPath): Enrichment | undefined => hops.at(-1)?.enrichment;

/** Whether a collector behind another one adds, or may add, an attribute that the other one takes away. */
export function isAddedBehind(collectorPath: CollectorPath, collector: Collector, name: string): boolean {
  const collectors = collectorPath.hops.map((hop) => hop.collector);
  const last = ofPod.has(name) && mayBeEnrichedBehind(collectorPath) ? undefined : lastEnrichment(collectorPath);
  return [collectorPath.counts[0]?.enrichment, last].every((enrichment) => {
    const by = enrichment?.removed.get(name)?.collector;
    return (
      enrichment === undefined ||
      enrichment.resource.has(name) ||
      (by !== undefined && collectors.indexOf(by) > collectors.indexOf(collector))
    );
  });
}

const momentOf = ({ counts }: CollectorPath) => (counts.length === 0 ? 'leaves' : 'is counted');

/** What took an attribute away that had been there. */
function removal(
  missing: readonly string[],
  { removed, steps }: Enrichment,
  moment: 'is counted' | 'leaves',
  place?: Verdict['place'],
): Verdict | undefined {
  const [name = ''] = missing.filter((each) => removed.has(each));
  const found = removed.get(name);
  return (
    found && {
      status: 'broken',
      cause: 'removed',
      message: `${found.id} takes ${name} away before the span ${moment}`,
      reasons: [found.step, ...steps.filter((each) => each !== found.step)],
      place: () => found.step.place?.() ?? place?.(),
    }
  );
}

/** The line that decides whether the pod is found. */
function lookupPlace({ workload }: SpanPath, { lookup, by }: Enrichment): Place | undefined {
  if (by === undefined) {
    return undefined;
  }
  const { collector, id } = by;
  switch (lookup?.cause) {
    case 'batch-before-lookup': {
      const found = collector.pipelines.of('traces').find(({ processors }) => processors.includes(lookup.by ?? ''));
      const index = found?.processors.indexOf(lookup.by ?? '') ?? 0;
      return collector.place(['service', 'pipelines', found?.id ?? 'traces', 'processors', index]);
    }
    case 'relayed-connection':
    case 'no-source':
      return collector.place(['processors', id, 'pod_association']);
    case 'passthrough':
      return collector.place(['processors', id, 'passthrough']);
    case 'unwatched-pod': {
      const path = unwatchedPods(collector, id, workload)?.path ?? [];
      return path.length === 0
        ? workload.place(['metadata', 'annotations'])
        : collector.place(['processors', id, ...path]);
    }
    default:
      return collector.place(['processors', id]);
  }
}

/** Whether it holds a reference, and something that was not read may replace it. */
function isOpen(spanPath: SpanPath, value: string): boolean {
  const variable = /\$[({]/.test(value) ? writtenResourceAttributes(spanPath.environment).variable : undefined;
  return variable !== undefined && unexpandedReference(spanPath.model, spanPath, variable)?.status === 'unknown';
}

/** A name of pod or node that is not the pod's own. */
function wrongIdentity(spanPath: SpanPath, { resource }: Pick<Enrichment, 'resource'> = { resource: new Map() }) {
  const { workload } = spanPath;
  const expected = [
    [attribute.podName, '<metadata.name>'],
    [attribute.nodeName, '<spec.nodeName>'],
  ] as const;
  for (const [name, wanted] of expected) {
    const { value, from } = resource.get(name) ?? {};
    const isPodItself = workload.kind === 'Pod' && name === attribute.podName && value === workload.name;
    if (resource.has(name) && value !== wanted && !isPodItself) {
      const isKnown = value !== undefined && !value.startsWith('<secret ') && !isOpen(spanPath, value);
      return {
        isKnown,
        message: isKnown ? `${name} is ${value}, from ${from}, and not that of the pod` : `cannot tell what ${name} is`,
      };
    }
  }
  return undefined;
}
