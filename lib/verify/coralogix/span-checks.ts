import { firstFew, joinNames } from '../../text/list.ts';
import { broken, type HopCheck, inTransition, proven, sentences, unchecked } from '../check.ts';
import { areYoung, delayMilliseconds, type KnownService } from './known-pods.ts';
import { identityAttributes, ownerAttributes, type SpanGroup, type SpanReading, windowMinutes } from './spans.ts';

/** Whether spans of a service are in Coralogix. */
export function checkSpans(reading: SpanReading, service: KnownService): HopCheck {
  const id = 'spans/arrive';
  const groups = ownGroups(reading, service);
  const spans = total(groups);
  const evidence = sentences(
    `${spans} spans of the last ${windowMinutes} minutes, tier ${reading.tiers.join(' and ')}`,
    `query: ${reading.query}`,
  );
  if (spans > 0) {
    return proven(id, `${spans} spans arrived in the last ${windowMinutes} minutes`, { evidence });
  }
  if (reading.partial !== undefined) {
    return unchecked(id, `the answer is not whole, so that no span is no proof: ${reading.partial}`, { evidence });
  }
  if (areYoung(service)) {
    return inTransition(id, 'its pods have started less than five minutes ago, and spans take minutes to arrive', {
      evidence,
    });
  }
  const last = reading.lastSeen.get(service.service);
  const since = last === undefined ? 'nor within a day' : `the last one arrived at ${last}`;
  return broken(
    id,
    reading.hasAny || last !== undefined
      ? `no span arrived in the last ${windowMinutes} minutes, ${since}`
      : `no span of any service arrived in the last ${windowMinutes} minutes`,
    {
      remedy: 'send a request to the service, and look at the log of its SDK',
      evidence,
    },
  );
}

/**
 * The spans of a service that may come from this cluster: another one may have a service of the same name, and is known
 * by the name of the cluster that the pods of this one send.
 */
export function ownGroups(reading: SpanReading, { service, allPods }: KnownService): readonly SpanGroup[] {
  const groups = reading.byService.get(service) ?? [];
  const names = new Set(allPods.map(({ name }) => name));
  const own = groups.filter(({ attributes }) => names.has(attributes.get('k8s.pod.name') ?? ''));
  const clusters = new Set(own.flatMap(({ attributes }) => attributes.get('k8s.cluster.name') ?? []));
  return clusters.size === 0
    ? groups
    : groups.filter(({ attributes }) => clusters.has(attributes.get('k8s.cluster.name') ?? [...clusters][0] ?? ''));
}

const total = (groups: readonly SpanGroup[]): number => groups.reduce((sum, { spans }) => sum + spans, 0);

/** The part of all spans that may lack an attribute: of pods that a collector did not know yet. */
const tolerance = 0.01;

/** Whether the spans of a service name their pod as it is in the cluster. */
export function checkEnrichment(reading: SpanReading, service: KnownService): HopCheck[] {
  const groups = ownGroups(reading, service);
  return groups.length === 0
    ? [unchecked('enriched/attributes', 'no span arrived whose attributes could be compared')]
    : [checkAttributes(reading, groups, service), checkPods(groups, service)];
}

function checkAttributes(reading: SpanReading, groups: readonly SpanGroup[], service: KnownService): HopCheck {
  const id = 'enriched/attributes';
  const all = total(groups);
  const shares = [
    ...identityAttributes.map((name) => [name, [name]] as const),
    ['the name of the owner', ownerAttributes] as const,
  ].map(([title, names]) => ({
    title,
    with: total(groups.filter(({ attributes }) => names.some((name) => attributes.has(name)))),
  }));
  const evidence = sentences(
    ...shares.map(({ title, with: count }) => `${title}: ${count} of ${all} spans`),
    `attributes were found in $d.${reading.attributePath}`,
  );
  const lacking = shares.filter((share) => share.with < all * (1 - tolerance));
  if (lacking.length === 0) {
    return proven(id, `${all} spans name their pod, namespace, owner and node`, { evidence });
  }
  const without = Math.max(...lacking.map((share) => all - share.with));
  const titles = joinNames(lacking.map(({ title }) => title));
  const message = without === all ? `no span has ${titles}` : `${percent(without / all)} of the spans lack ${titles}`;
  return areYoung(service)
    ? inTransition(id, `${message}, and its pods have started less than five minutes ago`, { evidence })
    : broken(id, message, {
        remedy: 'look at the hops pipeline and endpoint of podhost explain for this service',
        evidence,
      });
}

const percent = (share: number): string => `${Math.max(1, Math.round(share * 100))} %`;

/** Whether the pods that spans name exist, on that node and in that namespace, and every pod has spans. */
function checkPods(groups: readonly SpanGroup[], service: KnownService): HopCheck {
  const id = 'enriched/pods';
  const { pods } = service;
  if (pods === undefined) {
    return unchecked(id, 'the cluster was not read, so that the names of pods are compared with nothing');
  }
  const byName = new Map(service.allPods.map((pod) => [pod.name, pod]));
  for (const { attributes } of groups) {
    const name = attributes.get('k8s.pod.name');
    const node = attributes.get('k8s.node.name');
    const namespace = attributes.get('k8s.namespace.name');
    const pod = name === undefined ? undefined : byName.get(name);
    if (pod === undefined) {
      // A pod of the same workload may have been replaced within the window.
      if (name !== undefined && !service.workloads.some((workload) => name.startsWith(`${workload}-`))) {
        return broken(id, `spans name the pod ${name}, which is no pod of the service`, {
          remedy: 'let k8s.pod.name come from the field metadata.name, and send to the agent of the own node',
        });
      }
    } else if (node !== undefined && pod.node !== undefined && node !== pod.node) {
      return broken(id, `spans of pod ${pod.name} name node ${node}, and it runs on ${pod.node}`, {
        remedy: 'let k8s.node.name come from the field spec.nodeName, and send to the agent of the own node',
      });
    } else if (namespace !== undefined && namespace !== pod.namespace) {
      return broken(id, `spans of pod ${pod.name} name namespace ${namespace}, and it runs in ${pod.namespace}`, {
        remedy: 'let k8s.namespace.name come from the field metadata.namespace',
      });
    }
  }
  return checkCoverage(groups, service, pods);
}

function checkCoverage(
  groups: readonly SpanGroup[],
  service: KnownService,
  pods: NonNullable<KnownService['pods']>,
): HopCheck {
  const id = 'enriched/pods';
  const named = new Set(groups.map(({ attributes }) => attributes.get('k8s.pod.name')));
  const silent = pods.filter(({ name }) => !named.has(name));
  const evidence = sentences(
    `pods with spans: ${firstFew(
      [...named].map((name) => name ?? '(none)'),
      10,
    )}`,
  );
  if (silent.length === 0) {
    return proven(id, `spans of all ${pods.length} pods name the pod that sent them`, { evidence });
  }
  const young = silent.filter(({ age }) => age === undefined || age < delayMilliseconds);
  const names = joinNames(silent.map(({ name }) => name));
  return young.length === silent.length
    ? inTransition(id, `${names} started less than five minutes ago, and has no spans yet`, { evidence })
    : unchecked(
        id,
        `${silent.length} of ${pods.length} pods have no spans (${names}): they have no traffic, or what they send does not arrive`,
        {
          remedy: `send requests to ${service.service}, so that each pod answers one`,
          evidence,
        },
      );
}
