import { groupBy } from '../../group-by.ts';
import { isMapping, listAt, mappingAt, numberAt, textAt, textListAt, textsAt, valueAt } from '../../yaml/value.ts';
import type { Manifest } from '../manifest.ts';
import type { Model } from '../model.ts';
import { memoized } from '../spans/memoized.ts';
import { selects } from './selector.ts';

type Labels = Readonly<Record<string, string>>;

/** One end of a connection. */
export interface PolicyPeer {
  readonly namespace: string;
  readonly labels: Labels;
  /** Policies do not select pods on the network of their node, and plug-ins differ in what they take their address for. */
  readonly hostNetwork: boolean;
}

/** The other end of a connection: pods, what is outside of the cluster, or nothing that is known. */
export type OtherPeer = PolicyPeer | 'outside' | undefined;

/** The port of the pods that a connection goes to. */
export interface PolicyPort {
  readonly number: number;
  readonly protocol: 'TCP' | 'UDP';
  /** Names that the pods have for it; undefined where these are not known. */
  readonly names: readonly string[] | undefined;
}

export interface PolicyVerdict {
  /** `unknown`: a rule names addresses, or labels that were not read. */
  readonly status: 'broken' | 'unknown';
  /** The first policy that selects the pods. */
  readonly policy: Manifest;
}

type Direction = 'Egress' | 'Ingress';
type Allowed = 'yes' | 'perhaps' | 'no';

/** Whether policies were read at all. */
export const hasNetworkPolicies = (model: Model): boolean => policies(model).size > 0;

/** Policies by namespace; those of extensions are other kinds. */
const policies = memoized(({ manifests, namespace }) =>
  groupBy(
    manifests.filter(
      ({ kind, apiVersion }) => kind === 'NetworkPolicy' && /^(networking\.k8s\.io|extensions)\//.test(apiVersion),
    ),
    (manifest) => manifest.namespace ?? namespace.name,
  ),
);

/**
 * Whether NetworkPolicies keep pods from connecting to others; undefined where they let them, or none selects the pods.
 *
 * @param other undefined where it is not known, such as the resolver of the cluster: then the port alone decides
 * @see https://kubernetes.io/docs/concepts/services-networking/network-policies/
 */
export function refusedByPolicies(
  model: Model,
  direction: Direction,
  pods: PolicyPeer,
  other: OtherPeer,
  port: PolicyPort,
): PolicyVerdict | undefined {
  const selecting = pods.hostNetwork
    ? []
    : (policies(model).get(pods.namespace) ?? []).filter(
        (policy) => isFor(policy, direction) && matches(policy.get('spec', 'podSelector'), pods.labels) !== 'no',
      );
  const [policy] = selecting;
  const verdict = best(
    selecting.flatMap((each) =>
      listAt(each.value, 'spec', direction.toLowerCase()).map((rule) =>
        worse(
          allowsPort(rule, port),
          allowsPeer(
            model,
            listAt(rule, direction === 'Egress' ? 'to' : 'from'),
            each.namespace ?? pods.namespace,
            other,
          ),
        ),
      ),
    ),
  );
  return policy === undefined || verdict === 'yes'
    ? undefined
    : { status: verdict === 'no' ? 'broken' : 'unknown', policy };
}

/** Without `policyTypes` a policy is for Ingress, and for Egress where it has rules for that. */
function isFor({ value }: Manifest, direction: Direction): boolean {
  const types = textListAt(value, 'spec', 'policyTypes');
  return types.length > 0
    ? types.includes(direction)
    : direction === 'Ingress' || listAt(value, 'spec', 'egress').length > 0;
}

const rank: Readonly<Record<Allowed, number>> = { no: 0, perhaps: 1, yes: 2 };
const worse = (one: Allowed, other: Allowed): Allowed => (rank[one] < rank[other] ? one : other);
const best = (all: readonly Allowed[]): Allowed =>
  all.reduce<Allowed>((one, other) => (rank[one] > rank[other] ? one : other), 'no');

function allowsPort(rule: unknown, { number, protocol, names }: PolicyPort): Allowed {
  const ports = listAt(rule, 'ports');
  return ports.length === 0
    ? 'yes'
    : best(
        ports.map((entry) => {
          const from = numberAt(entry, 'port');
          const name = from === undefined ? textAt(entry, 'port') : undefined;
          if ((textAt(entry, 'protocol') ?? 'TCP') !== protocol) {
            return 'no';
          }
          if (name !== undefined) {
            return names === undefined ? 'perhaps' : names.includes(name) ? 'yes' : 'no';
          }
          return from === undefined || (from <= number && number <= (numberAt(entry, 'endPort') ?? from))
            ? 'yes'
            : 'no';
        }),
      );
}

function allowsPeer(model: Model, peers: readonly unknown[], namespace: string, other: OtherPeer): Allowed {
  return peers.length === 0
    ? 'yes'
    : best(
        peers.map((peer) => {
          if (other === undefined) {
            return 'yes';
          }
          const block = valueAt(peer, 'ipBlock');
          if (block !== undefined) {
            const isAny = ['0.0.0.0/0', '::/0'].includes(textAt(block, 'cidr') ?? '');
            const exceptions = textListAt(block, 'except').filter((cidr) => other !== 'outside' || !isPrivate(cidr));
            return isAny && exceptions.length === 0 ? 'yes' : 'perhaps';
          }
          if (other === 'outside') {
            return 'no';
          }
          const inNamespace = valueAt(peer, 'namespaceSelector');
          const inPods = valueAt(peer, 'podSelector');
          const found = worse(
            inNamespace === undefined
              ? other.namespace === namespace
                ? 'yes'
                : 'no'
              : matchesNamespace(model, inNamespace, other.namespace),
            inPods === undefined ? 'yes' : matches(inPods, other.labels),
          );
          return other.hostNetwork ? 'perhaps' : found;
        }),
      );
}

/** Addresses of networks of one's own, at which nothing of the internet is. */
const isPrivate = (cidr: string): boolean =>
  /^(10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|169\.254\.|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.|127\.|f[cd]|fe[89ab])/i.test(
    cidr,
  );

/** Every namespace has its name as a label; the others stand in its manifest. */
function matchesNamespace(model: Model, selector: unknown, name: string): Allowed {
  const manifest = model.find('Namespace', name);
  const labels = { ...textsAt(manifest?.value, 'metadata', 'labels'), 'kubernetes.io/metadata.name': name };
  const found = matches(selector, labels);
  const asked = [
    ...Object.keys(mappingAt(selector, 'matchLabels')),
    ...listAt(selector, 'matchExpressions').map((entry) => textAt(entry, 'key') ?? ''),
  ];
  const isOpen = manifest === undefined && asked.some((key) => key !== 'kubernetes.io/metadata.name');
  return isOpen ? 'perhaps' : found;
}

/** An empty selector selects everything. */
function matches(selector: unknown, labels: Labels): Allowed {
  const wanted = textsAt(selector, 'matchLabels');
  const byLabels = Object.keys(wanted).length === 0 || selects(wanted, labels);
  const byExpressions = listAt(selector, 'matchExpressions').every((entry) => {
    const value = labels[textAt(entry, 'key') ?? ''];
    const values = textListAt(entry, 'values');
    switch (isMapping(entry) ? textAt(entry, 'operator') : '') {
      case 'In':
        return value !== undefined && values.includes(value);
      case 'NotIn':
        return value === undefined || !values.includes(value);
      case 'Exists':
        return value !== undefined;
      default:
        return value === undefined;
    }
  });
  return byLabels && byExpressions ? 'yes' : 'no';
}
