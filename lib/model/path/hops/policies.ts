import { otlpPort } from '../../../chart/names.ts';
import {
  type PolicyPeer,
  type PolicyPort,
  type PolicyVerdict,
  refusedByPolicies,
} from '../../network/network-policies.ts';
import { targetPort } from '../../spans/listener-at.ts';
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
  const names53 = { number: 53, protocol: 'UDP', names: ['dns'] } as const;
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
                refusedByPolicies(model, 'Egress', pods, undefined, names53),
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
  const found = refusals.flatMap((verdict) => verdict ?? []);
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
