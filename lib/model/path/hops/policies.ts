import { otlpPort } from '../../../chart/names.ts';
import { listAt, textAt } from '../../../yaml/value.ts';
import type { Collector } from '../../collector/collector.ts';
import type { Model } from '../../model.ts';
import { parseEndpoint } from '../../network/endpoint.ts';
import {
  type PolicyPeer,
  type PolicyPort,
  type PolicyVerdict,
  refusedByPolicies,
} from '../../network/network-policies.ts';
import { collectorWorkload } from '../../spans/collector-container.ts';
import { targetPort } from '../../spans/listener-at.ts';
import type { Workload } from '../../workload.ts';
import type { Verdict } from '../hop.ts';
import type { SpanPath } from '../span-path.ts';

/** What NetworkPolicies refuse on the way from the pod to its collector; undefined where they let everything through. */
export function policyVerdict({ model, workload, answer, settings }: SpanPath): Verdict | undefined {
  const { endpoint } = settings;
  if (answer?.kind !== 'collector' || endpoint === undefined) {
    return undefined;
  }
  const { collector, services } = answer;
  const { port = otlpPort.grpc } = endpoint;
  const target = targetPort(answer, port);
  const number = typeof target === 'number' ? target : port;
  const names =
    collector.namedPorts && [...collector.namedPorts].flatMap(([name, own]) => (own === number ? name : []));
  const otlp: PolicyPort = { number, protocol: 'TCP', names };
  const { hostNetwork, labels } = collector;
  const pods: PolicyPeer = workload;
  // A port of the node is reached by the address of the node.
  const isAtNode = services.at(-1)?.isAtNode === true;
  const isOnNode = hostNetwork || services.length === 0 || isAtNode;
  const agent = { namespace: collector.namespace ?? '', labels, hostNetwork: isOnNode };
  const isBeside = services.length === 0 && endpoint.host.kind === 'loopback';
  const refusals = isBeside
    ? []
    : [
        verdictOf(
          refusedByPolicies(model, 'Egress', pods, agent, otlp),
          `the pods of ${workload.title} connect to port ${number} of ${collector.title}`,
        ),
        ...(services.length === 0 || isAtNode
          ? []
          : [
              verdictOf(
                refusedByPolicies(model, 'Egress', pods, undefined, resolverPort),
                `the pods of ${workload.title} ask a resolver for the name`,
              ),
            ]),
        verdictOf(
          // Behind a port of the node the connection may have the node's address.
          refusedByPolicies(
            model,
            'Ingress',
            { ...agent, hostNetwork },
            isAtNode ? { ...pods, hostNetwork: true } : pods,
            otlp,
          ),
          `the pods of ${workload.title} connect to port ${number} of ${collector.title}`,
        ),
      ];
  return worstOf(...refusals);
}

const resolverPort: PolicyPort = { number: 53, protocol: 'UDP', names: ['dns'] };

/** What NetworkPolicies refuse between two collectors. */
export function relayPolicyVerdict(model: Model, from: Collector, to: Collector, port: number): Verdict | undefined {
  const sender = peerOf(from);
  const receiver = peerOf(to);
  if (sender === undefined || receiver === undefined) {
    return undefined;
  }
  const names = to.namedPorts && [...to.namedPorts].flatMap(([name, own]) => (own === port ? name : []));
  const otlp: PolicyPort = { number: port, protocol: 'TCP', names };
  const what = `${from.title} connect to port ${port} of ${to.title}`;
  return worstOf(
    verdictOf(refusedByPolicies(model, 'Egress', sender, receiver, otlp), what),
    verdictOf(
      refusedByPolicies(model, 'Egress', sender, undefined, resolverPort),
      `${from.title} ask a resolver for the name`,
    ),
    verdictOf(refusedByPolicies(model, 'Ingress', receiver, sender, otlp), what),
  );
}

/**
 * What NetworkPolicies refuse between a collector and Coralogix.
 *
 * @param workload that sends the spans, in whose pods a sidecar runs
 */
export function exportPolicyVerdict(
  model: Model,
  workload: Workload,
  collector: Collector,
  exporter: string,
  host: string,
): Verdict | undefined {
  const peer = collector.isSidecar === true ? workload : peerOf(collector);
  if (peer === undefined) {
    return undefined;
  }
  const number = parseEndpoint(textAt(collector.config, 'exporters', exporter, 'endpoint') ?? '').port ?? 443;
  const https: PolicyPort = { number, protocol: 'TCP', names: [] };
  const found = worstOf(
    verdictOf(
      refusedByPolicies(model, 'Egress', peer, 'outside', https),
      `${collector.title} connect to port ${number} of ${host || 'Coralogix'}`,
    ),
    verdictOf(
      refusedByPolicies(model, 'Egress', peer, undefined, resolverPort),
      `${collector.title} ask a resolver for ${host || 'Coralogix'}`,
    ),
  );
  return found?.status === 'broken' && hasProxy(model, collector, exporter)
    ? {
        status: 'unknown',
        message: `cannot tell whether a NetworkPolicy lets ${collector.title} connect to its proxy`,
        reasons: found.reasons,
        ...(found.place === undefined ? {} : { place: found.place }),
      }
    : found;
}

/** Undefined where its namespace is not known, so that no policy is known to select it. */
function peerOf({ namespace, labels, hostNetwork }: Collector): PolicyPeer | undefined {
  return namespace === undefined ? undefined : { namespace, labels, hostNetwork };
}

/** Whether a collector sends what leaves the cluster through a proxy. */
function hasProxy(model: Model, collector: Collector, exporter: string): boolean {
  const { rendered, config } = collector;
  const variables =
    rendered === undefined
      ? (collectorWorkload(model, collector)?.containers ?? []).flatMap(({ value }) => listAt(value, 'env'))
      : listAt(rendered.values.all, 'extraEnvs');
  return (
    textAt(config, 'exporters', exporter, 'proxy_url') !== undefined ||
    variables.some((entry) => /^https?_proxy$/i.test(textAt(entry, 'name') ?? ''))
  );
}

/** What is certain first. */
function worstOf(...verdicts: readonly (Verdict | undefined)[]): Verdict | undefined {
  const found = verdicts.flatMap((verdict) => verdict ?? []);
  return found.find(({ status }) => status === 'broken') ?? found[0];
}

function verdictOf(refused: PolicyVerdict | undefined, what: string): Verdict | undefined {
  if (refused === undefined) {
    return undefined;
  }
  const { policy, status } = refused;
  const title = `${policy.title}${policy.namespace === undefined ? '' : ` of namespace ${policy.namespace}`}`;
  const place = () => policy.place(['metadata', 'name']);
  return status === 'broken'
    ? {
        status,
        cause: 'network-policy',
        message: `no NetworkPolicy lets ${what}`,
        reasons: [{ message: `${title} refuses what none allows`, place }],
        place,
      }
    : {
        status,
        message: `cannot tell whether a NetworkPolicy lets ${what}`,
        reasons: [
          {
            message: `${title} refuses what none allows, and the rules name addresses, or labels that were not read`,
            place,
          },
        ],
        place,
      };
}
