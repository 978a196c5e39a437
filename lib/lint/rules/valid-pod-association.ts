import { groupBy } from '../../group-by.ts';
import { hostPortReason } from '../../model/enrichment/pod-lookup.ts';
import type { Model } from '../../model/model.ts';
import { judgedEnrichment } from '../../model/path/hops/processors.ts';
import { hostNetworkFault, wrongIdentities } from '../../model/path/pod-identity.ts';
import { type BrokenHop, brokenHops, walkPath } from '../../model/path/walked-path.ts';
import { collectorWorkload } from '../../model/spans/collector-container.ts';
import { spanExports } from '../../model/spans/span-export.ts';
import { writtenResourceAttributes } from '../../model/spans/written-resource-attributes.ts';
import { componentType } from '../../pipeline/component.ts';
import type { Rule, RuleFinding } from '../rule.ts';
import { usersOf } from './support/value-source.ts';

export const validPodAssociation: Rule = {
  id: 'valid-pod-association',
  severity: 'error',
  documentation: {
    summary: 'Reports spans of which k8sattributes finds no pod, because no source of `pod_association` leads to it.',
    why: 'The processor finds a pod by an attribute of the span, or by the address at the other end of the connection, among the pods that `filter` and `exclude` leave it. At a gateway that is the agent, and behind `batch`, `groupbytrace` or `tail_sampling` there is no connection any more. The collector runs and reports nothing; the spans have no pod, no node and no Deployment.',
    remediation:
      'Put k8sattributes first in the pipeline of the collector that pods send to, and associate by `k8s.pod.ip` or `k8s.pod.uid` at a gateway.',
    example: `processors:
  k8sattributes:
    pod_association:
      - sources: [{ from: resource_attribute, name: k8s.pod.ip }]
      - sources: [{ from: connection }]
service:
  pipelines:
    traces:
      receivers: [otlp]
      processors: [memory_limiter, k8sattributes, batch]
      exporters: [spanmetrics, coralogix]`,
    see: [
      'https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/main/processor/k8sattributesprocessor#configuring-rules-for-pod-association',
      'https://github.com/open-telemetry/opentelemetry-collector-contrib/issues/13765',
    ],
  },
  check(model) {
    const found = brokenHops(model).flatMap((broken) => {
      const lookup = failedLookup(broken);
      return lookup === undefined ? [] : [{ ...broken, lookup, workload: broken.sender.workload }];
    });
    const same = groupBy(found, ({ lookup }) => [lookup.id, lookup.collector.title, lookup.reason].join('\n'));
    return [...[...same.values()].map((uses) => findingOf(model, uses)), ...throughHostPorts(model)];
  },
};

/** Spans whose pod is found by a connection through a port of the node. */
function throughHostPorts(model: Model): RuleFinding[] {
  const found = spanExports(model).flatMap((span) => {
    const { answer, endpoint, workload } = span;
    if (endpoint.host.kind !== 'node' || answer.kind !== 'collector' || answer.collector.hostNetwork) {
      return [];
    }
    const { collectorPath } = walkPath(model, { ...span, service: workload.name });
    const { lookup } = judgedEnrichment(collectorPath) ?? {};
    return lookup?.reason === hostPortReason ? [{ workload, collector: answer.collector }] : [];
  });
  return [...groupBy(found, ({ collector }) => collector.title).values()].map((uses) => {
    const [{ collector }] = uses;
    const { manifest } = collectorWorkload(model, collector) ?? {};
    return {
      message: `whether ${collector.title} finds the pods of ${usersOf(uses)} is not known: ${hostPortReason}`,
      place: collector.place(),
      suggestion: 'send k8s.pod.uid or k8s.pod.ip from the downward API, or send to the Service of the agent',
      cannotTell: true,
      ...(manifest === undefined ? {} : { manifest }),
    };
  });
}

type Found = BrokenHop & {
  readonly lookup: NonNullable<ReturnType<typeof failedLookup>>;
  readonly workload: BrokenHop['sender']['workload'];
};

/** The lookup that finds no pod; undefined where another rule reports why. */
function failedLookup({ hop, sender, collectorPath }: BrokenHop) {
  const { lookup, by } = judgedEnrichment(collectorPath) ?? {};
  if (hop.name !== 'processors' || lookup?.status !== 'broken' || by === undefined || lookup.cause !== hop.cause) {
    return undefined;
  }
  return isReportedElsewhere(lookup, sender) ? undefined : { ...lookup, ...by, byWhat: lookup.by };
}

/** What stands in the pod rather than in the collector has rules of its own. */
function isReportedElsewhere(lookup: { readonly cause: string; readonly by?: string }, sender: BrokenHop['sender']) {
  const { values } = writtenResourceAttributes(sender.environment);
  switch (lookup.cause) {
    case 'passthrough':
    case 'mesh':
      return true;
    case 'host-network':
      return hostNetworkFault(sender) !== undefined;
    case 'foreign-attribute':
      return (
        wrongIdentities(sender).some(({ field }) => field.attribute === lookup.by) ||
        /\$[({]/.test(values.get(lookup.by ?? '') ?? '')
      );
    default:
      return false;
  }
}

function findingOf(model: Model, uses: readonly [Found, ...Found[]]): RuleFinding {
  const [{ lookup, hop }] = uses;
  const { collector, id, reason } = lookup;
  return {
    message: `${id} of ${collector.title} finds no pod of the spans of ${usersOf(uses)}: ${reason}`,
    place: hop.reasons[0]?.place?.() ?? hop.place?.() ?? collector.place(['processors', id]),
    suggestion: suggestionFor(uses[0]),
    manifest: collectorWorkload(model, collector)?.manifest,
  };
}

const byAddress = 'sources: [{ from: resource_attribute, name: k8s.pod.ip }]';

function suggestionFor({ lookup, spanPath }: Found): string {
  const { collector, id, cause, byWhat = '' } = lookup;
  switch (cause) {
    case 'batch-before-lookup': {
      const pipeline = collector.pipelines.of('traces').find(({ processors }) => processors.includes(byWhat));
      const isInOne = pipeline?.processors.includes(id) === true;
      const list = pipeline?.processors.filter((each) => each !== id) ?? [];
      const at = list.findIndex((each) => componentType(each) !== 'memory_limiter');
      return isInOne
        ? `write: processors: [${[...list.slice(0, at), id, ...list.slice(at)].join(', ')}]`
        : `put ${id} before ${byWhat}, in pipeline ${pipeline?.id ?? 'traces'}`;
    }
    case 'relayed-connection':
      return `add k8sattributes to the traces of ${spanPath.collectors[0]?.title}, with passthrough: true if ${id} stays here, and write first in this pod_association: ${byAddress}`;
    case 'host-network':
      return 'write first in pod_association: sources: [{ from: resource_attribute, name: k8s.pod.uid }]';
    case 'foreign-attribute':
      return `remove ${byWhat}, or what sets it before ${id}`;
    case 'unwatched-pod':
      return spanPath.workload.annotations['opentelemetry.io/k8s-processor/ignore'] === undefined
        ? 'take out of filter or exclude what leaves these pods out'
        : 'remove the annotation opentelemetry.io/k8s-processor/ignore';
    default:
      return 'add to pod_association: sources: [{ from: connection }]';
  }
}
